//! Requests written byte by byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::support::{Person, World};

/// Returns the address of a world's server.
pub(super) fn address(world: &World) -> SocketAddr {
    world.url.trim_start_matches("http://").parse().unwrap()
}

/// Sends bytes and returns everything received until the server closes the connection.
pub(super) fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut reader = stream.try_clone().unwrap();
    let answer = std::thread::spawn(move || {
        let mut answer = Vec::new();
        let _ = reader.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    });
    let _ = stream.write_all(bytes);
    answer.join().unwrap()
}

/// Returns the status of the answer to a request without its body. A server that reads the body first does not answer.
pub(super) fn status_without_body(world: &World, person: &Person<'_>, path: &str, media: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address(world)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let token = person.token().unwrap();
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {media}\r\nContent-Length: 26000000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).ok()?;
    std::str::from_utf8(&begin).unwrap().rsplit(' ').next()?.parse().ok()
}
