//! Certificates: those of the platform, in place of which `SSL_CERT_FILE` names others.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{BIBTEX, TITLES};
use crate::support::program::{Place, Ran, finish};
use crate::support::server::{PlayedReply, ReceivedRequest, Server};

/// An authority that signs the certificates of a test.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Starts a server for which the authority has signed a certificate.
    fn server(
        &self,
        name: &str,
        change: impl Fn(&mut CertificateParams),
        play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
    ) -> Server {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        start(certificate.der().clone(), key, play)
    }

    /// Asks the server, with this authority alone.
    fn run(&self, server: &Server) -> Ran {
        let place = Place::new();
        let authorities = place.file("authorities.pem", self.0.pem());
        let mut command = place.command(&[&server.tls_url(), "--as", "title"]);
        finish(command.env("SSL_CERT_FILE", authorities))
    }
}

fn start(
    certificate: CertificateDer<'static>,
    key: KeyPair,
    play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
) -> Server {
    Server::start_tls(certificate, PrivateKeyDer::from(key), play)
}

fn papers(_request: &ReceivedRequest) -> PlayedReply {
    PlayedReply::ok(BIBTEX)
}

/// Asserts that the server was refused by the name of the fault, and got no request.
#[track_caller]
fn assert_refused(authority: &Authority, server: &Server, fault: &str) {
    let told = authority.run(server).failed();
    let host = server.tls_url().replace("https://", "");
    assert!(told.contains(&format!("the certificate of {host} {fault}")), "{told}");
    assert!(server.paths().is_empty());
}

#[test]
fn a_server_with_a_good_certificate_is_asked() {
    let authority = Authority::new("Friend");
    let server = authority.server("localhost", |_| {}, papers);
    assert_eq!(authority.run(&server).printed(), TITLES);
}

#[test]
fn a_bad_certificate_is_refused_by_the_name_of_its_fault() {
    let authority = Authority::new("Friend");
    let other_name = authority.server("other.example", |_| {}, papers);
    assert_refused(&authority, &other_name, "is for another host name");
    let expired = authority.server(
        "localhost",
        |params| {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        },
        papers,
    );
    assert_refused(&authority, &expired, "has expired");
    let early = authority.server(
        "localhost",
        |params| {
            params.not_before = date_time_ymd(2090, 1, 1);
            params.not_after = date_time_ymd(2091, 1, 1);
        },
        papers,
    );
    assert_refused(&authority, &early, "is not valid yet");
    let stranger = Authority::new("Stranger").server("localhost", |_| {}, papers);
    assert_refused(&authority, &stranger, "is self-signed or has an unknown issuer");
    for is_authority in [false, true] {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        if is_authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let self_signed = start(certificate.der().clone(), key, papers);
        assert_refused(&authority, &self_signed, "is self-signed or has an unknown issuer");
    }
}

#[test]
fn a_redirect_that_leaves_encryption_is_refused() {
    let plain = Server::start(papers);
    let (authority, location) = (Authority::new("Friend"), plain.url());
    let play =
        move |_: &ReceivedRequest| PlayedReply::new(302, "").with_header("Location", &location);
    let server = authority.server("localhost", |_| {}, play);
    let told = authority.run(&server).failed();
    assert!(told.contains("redirects to an address without encryption"), "{told}");
    assert!(plain.paths().is_empty());
}
