//! A mail server with configurable behaviour: accepts mail, refuses it, closes the connection, hangs, or is down.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The behaviour for mail to an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whim {
    /// Sends this reply to RCPT.
    Refuse(&'static str),
    /// Closes the connection after DATA; the mail is lost.
    DropBefore,
    /// Closes the connection after DATA, but the mail was accepted.
    DropAfter,
    /// Does not answer DATA.
    Hang,
}

/// A received mail.
#[derive(Clone)]
pub(crate) struct Received {
    pub to: String,
    pub data: String,
}

impl Received {
    /// Returns the value of a header of one line.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default();
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

#[derive(Default)]
struct Shared {
    down: AtomicBool,
    /// Acknowledges received data 40 ms later, if it has nothing to answer meanwhile.
    lazy: AtomicBool,
    /// The time from the first to the last byte of each mail's content.
    waits: Mutex<Vec<Duration>>,
    taken: AtomicUsize,
    mails: Mutex<Vec<Received>>,
    /// The behaviour for an address, and the remaining number of times.
    whims: Mutex<HashMap<String, (Whim, usize)>>,
    /// An action after this number of accepted mails.
    then: Mutex<Option<(usize, Event)>>,
}

type Event = Box<dyn FnOnce() + Send>;

/// The mail server; it ends with the process.
#[derive(Clone)]
pub(crate) struct MailServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl MailServer {
    pub(crate) fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let server = Self { address, shared: Arc::clone(&shared) };
        std::thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || drop(serve(&stream, &shared)));
            }
        });
        server
    }

    /// Returns the value for `ARTICULA_MAIL_URL`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}?tls=none&timeout=2", self.address)
    }

    /// Returns host and port.
    pub(crate) fn place(&self) -> (String, u16) {
        (self.address.ip().to_string(), self.address.port())
    }

    /// Makes the server close every connection at once, or accept connections again.
    pub(crate) fn set_down(&self, down: bool) {
        self.shared.down.store(down, Ordering::SeqCst);
    }

    /// Delays acknowledgements, as most servers do.
    pub(crate) fn delay_acknowledgements(&self) {
        self.shared.lazy.store(true, Ordering::SeqCst);
    }

    /// Returns the median time from the first to the last byte of the content of a mail.
    pub(crate) fn median_wait(&self) -> Duration {
        let mut waits = self.shared.waits.lock().unwrap().clone();
        waits.sort_unstable();
        waits[waits.len() / 2]
    }

    /// Sets the behaviour for an address for a number of mails.
    pub(crate) fn whim(&self, address: &str, whim: Whim, times: usize) {
        self.shared.whims.lock().unwrap().insert(address.to_owned(), (whim, times));
    }

    /// Runs an action once, after this number of mails and before the sender gets the reply.
    pub(crate) fn when_taken(&self, mails: usize, then: impl FnOnce() + Send + 'static) {
        *self.shared.then.lock().unwrap() = Some((mails, Box::new(then)));
    }

    /// Returns the number of accepted mails.
    pub(crate) fn taken(&self) -> usize {
        self.shared.taken.load(Ordering::SeqCst)
    }

    pub(crate) fn mails(&self) -> Vec<Received> {
        self.shared.mails.lock().unwrap().clone()
    }
}

impl Shared {
    fn whim(&self, address: &str) -> Option<Whim> {
        let mut whims = self.whims.lock().unwrap();
        let (whim, left) = whims.get_mut(address).filter(|(_, left)| *left > 0)?;
        *left -= 1;
        Some(*whim)
    }

    fn take(&self, to: &[String], data: &str) {
        let mail = |to: &String| Received { to: to.clone(), data: data.to_owned() };
        self.mails.lock().unwrap().extend(to.iter().map(mail));
        let taken = self.taken.fetch_add(1, Ordering::SeqCst) + 1;
        let due = self.then.lock().unwrap().take_if(|(at, _)| *at <= taken);
        if let Some((_, then)) = due {
            then();
        }
    }
}

/// Serves one connection.
fn serve(stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    if shared.down.load(Ordering::SeqCst) {
        return Ok(());
    }
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream);
    let mut out = stream;
    let mut to: Vec<String> = Vec::new();
    let mut later = None;
    let mut line = String::new();
    out.write_all(b"220 mail.example ready\r\n")?;
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 || shared.down.load(Ordering::SeqCst) {
            return Ok(());
        }
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => out.write_all(b"250-mail.example\r\n250 8BITMIME\r\n")?,
            "MAIL" => {
                to.clear();
                later = None;
                out.write_all(b"250 ok\r\n")?;
            }
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match shared.whim(&address) {
                    Some(Whim::Refuse(reply)) => {
                        out.write_all(format!("{reply}\r\n").as_bytes())?;
                        if reply.starts_with("421") {
                            return Ok(());
                        }
                        continue;
                    }
                    whim => later = later.or(whim),
                }
                to.push(address);
                out.write_all(b"250 ok\r\n")?;
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let data = read_data(&mut lines, shared)?;
                match later {
                    Some(Whim::DropBefore) => return Ok(()),
                    Some(Whim::Hang) => {
                        std::thread::sleep(Duration::from_secs(5));
                        return Ok(());
                    }
                    Some(Whim::DropAfter) => {
                        shared.take(&to, &data);
                        return Ok(());
                    }
                    _ => shared.take(&to, &data),
                }
                out.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => return out.write_all(b"221 bye\r\n"),
            _ => out.write_all(b"250 ok\r\n")?,
        }
    }
}

/// Makes the system acknowledge the next received data at once, or later. The system forgets this setting, so it is set
/// before each read.
fn acknowledge(stream: &TcpStream, at_once: bool) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(stream).set_tcp_quickack(at_once)?;
    Ok(())
}

fn read_data(lines: &mut BufReader<&TcpStream>, shared: &Shared) -> std::io::Result<String> {
    let (mut data, mut line, mut began) = (String::new(), String::new(), None);
    loop {
        line.clear();
        if lines.buffer().is_empty() {
            acknowledge(lines.get_ref(), !shared.lazy.load(Ordering::SeqCst))?;
        }
        if lines.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let began: &Instant = began.get_or_insert_with(Instant::now);
        if line == ".\r\n" {
            shared.waits.lock().unwrap().push(began.elapsed());
            return Ok(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
