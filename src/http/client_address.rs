//! The address of the client that sent a request, also behind reverse proxies.
//!
//! The address of the connection is used, unless it is a proxy of `ARTICULA_TRUSTED_PROXIES`. Then the last hop of
//! `X-Forwarded-For` that is not such a proxy is used. What any other client writes into that header is ignored.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::http::header::{HeaderMap, HeaderValue, X_FORWARDED_FOR};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use ipnet::IpNet;

use super::state::State;
use crate::error::{Error, Result};

/// The address of the client. An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is kept as IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Returns the address of the client of this request.
    pub fn of(request: &HttpRequest) -> Self {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        Self(walk(peer, request.headers(), trusted_proxies(request)))
    }

    /// Returns true if this is the address of a trusted proxy that did not name its client.
    pub fn is_proxy(self, request: &HttpRequest) -> bool {
        trusted_proxies(request).iter().any(|network| network.contains(&self.0))
    }
}

impl FromRequest for ClientAddress {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

fn trusted_proxies(request: &HttpRequest) -> &[IpNet] {
    request.app_data::<Data<State>>().map_or(&[], |state| &state.config.trusted_proxies)
}

/// Walks backwards from the peer through the hops while each one is trusted. A malformed hop ends the walk at the last
/// valid address.
fn walk(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let mut client = peer.to_canonical();
    // Bytes, since a proxy appends its hop to whatever the client sent.
    let lists = headers.get_all(X_FORWARDED_FOR).map(HeaderValue::as_bytes);
    let hops: Vec<&[u8]> = lists.flat_map(|list| list.split(|byte| *byte == b',')).collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(client) {
            break;
        }
        let Some(address) = std::str::from_utf8(hop).ok().and_then(|hop| parse_hop(hop.trim())) else { break };
        client = address;
    }
    client
}

/// Reads an address, with or without a port: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, lists: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_bytes(list.as_bytes()).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        walk(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn the_header_of_an_untrusted_peer_is_ignored() {
        assert_eq!(client("198.51.100.7", &["203.0.113.9"], &[]), "198.51.100.7");
        assert_eq!(client("198.51.100.7", &["203.0.113.9"], &["10.0.0.0/8"]), "198.51.100.7");
    }

    #[test]
    fn the_last_hop_that_is_not_trusted_counts() {
        let trusted = ["10.0.0.0/8", "192.0.2.1/32"];
        assert_eq!(client("10.0.0.1", &["203.0.113.9"], &trusted), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.9, 192.0.2.1,10.9.9.9"], &trusted), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.9", "192.0.2.1"], &trusted), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["10.0.0.3, 10.0.0.2"], &trusted), "10.0.0.3");
        assert_eq!(client("10.0.0.1", &[], &trusted), "10.0.0.1");
    }

    #[test]
    fn a_malformed_hop_ends_the_walk() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(client("10.0.0.1", &["203.0.113.9, unknown"], &trusted), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, , 10.0.0.2"], &trusted), "10.0.0.2");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, ñ"], &trusted), "10.0.0.1");
        assert_eq!(
            client("10.0.0.1", &["ñ, 203.0.113.9"], &trusted),
            "203.0.113.9",
            "what the client sent hides nothing"
        );
    }

    #[test]
    fn ipv6_is_understood_and_mapped_ipv4_is_ipv4() {
        let trusted = ["fd00::/8", "10.0.0.0/8"];
        assert_eq!(client("fd00::1", &["2001:db8::9"], &trusted), "2001:db8::9");
        assert_eq!(client("fd00::1", &["[2001:db8::9]:4711"], &trusted), "2001:db8::9");
        assert_eq!(client("fd00::1", &["[2001:db8::9]"], &trusted), "2001:db8::9");
        assert_eq!(client("::ffff:10.0.0.1", &["203.0.113.9:80"], &trusted), "203.0.113.9");
        assert_eq!(client("::ffff:198.51.100.7", &["203.0.113.9"], &trusted), "198.51.100.7");
        assert_eq!(client("10.0.0.1", &["::ffff:203.0.113.9"], &trusted), "203.0.113.9");
    }
}
