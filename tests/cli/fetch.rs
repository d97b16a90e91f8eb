//! `gazetteer fetch`, from a server of its own on this machine that can misbehave.

use super::gazetteers::{dump, with_data};
use super::*;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How a server answers.
#[derive(Clone, Default)]
struct Manner {
    bytes: Vec<u8>,
    etag: &'static str,
    /// Says this length instead of the right one.
    length: Option<usize>,
    /// Closes the line after so many bytes of a body.
    cut: Option<usize>,
    /// Sends the whole file whatever part is asked for.
    no_ranges: bool,
    status: Option<&'static str>,
}

/// A server, what it is asked, and how it answers.
struct Server {
    address: String,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/dump/", listener.local_addr().unwrap());
        let (manner, asked) = (Arc::new(Mutex::new(manner)), Arc::new(Mutex::new(Vec::new())));
        let (how, heard) = (Arc::clone(&manner), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let manner = how.lock().unwrap().clone();
                let request = answer(stream.unwrap(), &manner);
                heard.lock().unwrap().push(request);
            }
        });
        Self { address, manner, asked }
    }

    fn now(&self, change: impl FnOnce(&mut Manner)) {
        change(&mut self.manner.lock().unwrap());
    }

    /// What was asked since this was last called.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn fetch(&self, data: &TempDir, more: &[&str]) -> Run {
        let mut command = program(&["gazetteer", "fetch"]);
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        command.env("CONFLICT_MAP_DATA", data.path()).env("CONFLICT_MAP_GEONAMES", &self.address);
        finish(command.args(more).stdin(Stdio::null()))
    }
}

/// Reads a request and answers it; gives its first line and its range.
fn answer(mut stream: TcpStream, manner: &Manner) -> String {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let header = |name: &str| {
        let found = headers
            .iter()
            .find_map(|line| line.split_once(": ").filter(|(is, _)| is.eq_ignore_ascii_case(name)));
        found.map_or("", |(_, value)| value)
    };
    let from = header("range").trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().ok();
    let from = from.filter(|_| !manner.no_ranges && header("if-range") == manner.etag);
    let whole = manner.bytes.len();
    let body = &manner.bytes[from.unwrap_or(0).min(whole)..];
    let (status, part) = match (manner.status, from) {
        (Some(status), _) => (status, String::new()),
        (None, Some(from)) => {
            ("206 Partial Content", format!("Content-Range: bytes {from}-{}/{whole}\r\n", whole - 1))
        }
        (None, None) => ("200 OK", String::new()),
    };
    let etag = if manner.etag.is_empty() { String::new() } else { format!("ETag: {}\r\n", manner.etag) };
    let length = manner.length.unwrap_or(body.len());
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{etag}{part}Connection: close\r\n\r\n");
    let sent = &body[..manner.cut.unwrap_or(body.len()).min(body.len())];
    // The other side may have gone away.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(sent));
    format!("{} {}", first.split(' ').nth(1).unwrap_or(""), header("range"))
}

/// The dump as GeoNames packs it.
fn packed() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("readme.txt", "Readme for the extract".to_owned()), ("SY.txt", dump())] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn served() -> Manner {
    Manner { bytes: packed(), etag: "\"one\"", ..Manner::default() }
}

/// The files that a download left behind.
fn left(data: &TempDir) -> Vec<String> {
    let files = tree(&data.path().join("downloads"));
    files.keys().map(|path| path.to_string_lossy().into_owned()).collect()
}

fn is_installed(data: &TempDir) -> bool {
    with_data(data, &["locate", "Tall Mafqud"]).ends(0).out.contains("35.2100, 36.7100")
}

#[test]
fn a_country_is_fetched_and_installed_with_its_other_names() {
    let (server, data) = (Server::start(served()), TempDir::new().unwrap());
    let run = server.fetch(&data, &["sy"]).ends(0);
    assert!(run.out.contains("installed SY: 2 places from SY.zip, GeoNames, CC BY 4.0"), "{}", run.out);
    assert_eq!(server.asked(), ["/dump/SY.zip "]);
    assert!(is_installed(&data) && left(&data).is_empty(), "{:?}", left(&data));
    // The names of this server are a dump, which is told row by row; that they are asked for is what counts here.
    server.fetch(&data, &["SY", "--alternates"]).ends(0).tells(&["bad-row"]);
    assert_eq!(server.asked(), ["/dump/SY.zip ", "/dump/alternatenames/SY.zip "]);
}

#[test]
fn a_download_that_breaks_off_goes_on_where_it_ended() {
    let (server, data) = (Server::start(served()), TempDir::new().unwrap());
    server.now(|manner| manner.cut = Some(100));
    server.fetch(&data, &["SY"]).ends(2).tells(&["broke off", "same command again"]);
    assert_eq!(left(&data), ["SY.zip.part", "SY.zip.part.mark"]);
    assert_eq!(std::fs::read(data.path().join("downloads/SY.zip.part")).unwrap(), packed()[..100]);
    assert!(!is_installed(&data));
    server.fetch(&data, &["SY"]).ends(2).tells(&["broke off"]);
    server.now(|manner| manner.cut = None);
    server.fetch(&data, &["SY"]).ends(0);
    assert_eq!(server.asked(), ["/dump/SY.zip ", "/dump/SY.zip bytes=100-", "/dump/SY.zip bytes=200-"]);
    assert!(is_installed(&data) && left(&data).is_empty());
}

#[test]
fn a_file_that_changed_meanwhile_is_fetched_from_its_beginning() {
    for no_ranges in [false, true] {
        let (server, data) = (Server::start(served()), TempDir::new().unwrap());
        server.now(|manner| manner.cut = Some(100));
        server.fetch(&data, &["SY"]).ends(2);
        server.now(|manner| {
            manner.cut = None;
            manner.no_ranges = no_ranges;
            manner.etag = if no_ranges { "\"one\"" } else { "\"two\"" };
        });
        server.fetch(&data, &["SY"]).ends(0);
        assert_eq!(server.asked(), ["/dump/SY.zip ", "/dump/SY.zip bytes=100-"]);
        assert!(is_installed(&data));
    }
}

#[test]
fn without_a_mark_of_its_state_a_file_is_not_pieced_together() {
    let (server, data) = (Server::start(Manner { etag: "", ..served() }), TempDir::new().unwrap());
    server.now(|manner| manner.cut = Some(100));
    server.fetch(&data, &["SY"]).ends(2);
    server.now(|manner| manner.cut = None);
    server.fetch(&data, &["SY"]).ends(0);
    assert_eq!(server.asked(), ["/dump/SY.zip ", "/dump/SY.zip "]);
}

#[test]
fn what_is_not_there_or_not_as_it_should_be_is_told_and_installs_nothing() {
    let mut damaged = packed();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    let long = packed().len() + 50;
    for (manner, words) in [
        (Manner { status: Some("404 Not Found"), ..served() }, "is not there"),
        (Manner { status: Some("503 Service Unavailable"), ..served() }, "503"),
        (Manner { bytes: b"<html>please log in</html>".to_vec(), ..served() }, "no zip"),
        (Manner { bytes: damaged, ..served() }, "zip is damaged"),
        (Manner { length: Some(long), ..served() }, "broke off"),
        (Manner { length: Some(150), ..served() }, "zip"),
        (Manner { length: Some(3 << 30), ..served() }, "more than any table"),
    ] {
        let (server, data) = (Server::start(manner), TempDir::new().unwrap());
        server.fetch(&data, &["SY"]).ends(2).tells(&[words, "help: "]);
        assert!(!data.path().join("gazetteers").exists(), "{words}");
        assert!(!is_installed(&data));
        // Whatever it was, the next try on a good server works.
        server.now(|manner| *manner = Manner { etag: "\"three\"", ..served() });
        server.fetch(&data, &["SY"]).ends(0);
        assert!(is_installed(&data) && left(&data).is_empty(), "{words}: {:?}", left(&data));
    }
}

#[test]
fn a_server_that_is_not_there_and_a_code_that_is_none_are_told() {
    let data = TempDir::new().unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server { address: format!("http://{gone}"), manner: Arc::default(), asked: Arc::default() };
    server.fetch(&data, &["SY"]).ends(2).tells(&["cannot be fetched", "gazetteer add"]);
    server.fetch(&data, &["Syria"]).ends(2).tells(&["`SYRIA`", "two-letter"]);
    server.fetch(&data, &["SY", "--base", "ftp://example.org"]).ends(2).tells(&["ftp://example.org"]);
}
