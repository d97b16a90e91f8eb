//! Downloads dumps from GeoNames: the one thing in the program that uses the network.
//!
//! A download grows in a `.part` file. When it breaks off, the next one goes on where it ended, if the server says that
//! the file is still the same; when it is whole its packing is checked, and only then is anything installed.

use super::args::Fetch;
use super::{install, store};
use crate::cli::fail::Fail;
use crate::cli::files;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode, header};

/// Largest file that is downloaded; the dump of the whole world has 0.4 GB.
const LARGEST: u64 = 2 << 30;

/// `gazetteer fetch`.
pub(super) fn fetch(asked: &Fetch) -> Result<ExitCode, Fail> {
    let base = asked.base.trim_end_matches('/');
    if !["http://", "https://"].iter().any(|scheme| base.starts_with(scheme)) {
        return Err(Fail::Asked(
            format!("`{}` is not an address to fetch from", crate::diag::short(base)),
            "give one that begins with https:// or http://",
        ));
    }
    let codes: Vec<String> = asked.countries.iter().map(|code| code.trim().to_uppercase()).collect();
    if let Some(wrong) =
        codes.iter().find(|code| code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()))
    {
        return Err(Fail::Asked(
            format!("`{}` is not the ISO code of a country", crate::diag::short(wrong)),
            "use two-letter codes such as SY, UA, SD",
        ));
    }
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_mins(1)))
        .timeout_per_read(Some(Duration::from_mins(1)))
        .user_agent(concat!("conflict-map/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut told = false;
    for code in &codes {
        let dump = download(&agent, &format!("{base}/{code}.zip"), &format!("{code}.zip"))?;
        let names = if asked.alternates {
            let url = format!("{base}/alternatenames/{code}.zip");
            Some(download(&agent, &url, &format!("{code}-alternatenames.zip"))?)
        } else {
            None
        };
        let installed = install(&dump, names.as_deref(), code, (None, None), asked.format);
        // Whether or not it could be used: a damaged file is not worth keeping.
        for path in names.iter().chain([&dump]) {
            files::remove(path)?;
        }
        told |= installed?;
    }
    Ok(if told && asked.strict { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Downloads a file whole, or as far as it comes; gives where it is.
fn download(agent: &Agent, url: &str, name: &str) -> Result<PathBuf, Fail> {
    let folder = store::folder()?.with_file_name("downloads");
    let (part, mark) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.part.mark")));
    // The mark is written before the first byte, and makes the folder.
    let known = std::fs::exists(&mark).unwrap_or(false).then(|| files::read(&mark)).transpose()?;
    let known =
        known.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).filter(|mark| !mark.is_empty());
    if known.is_none() {
        files::write(&mark, b"")?;
    }
    let mut file =
        OpenOptions::new().create(true).read(true).append(true).open(&part).map_err(Fail::writing(&part))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            return Err(Fail::Asked(
                format!("{name} is being fetched by another conflict-map"),
                "wait for it to end",
            ));
        }
        // Some disks know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    let mut have = file.metadata().map_err(Fail::reading(&part))?.len();
    let mut answer = match known.as_deref().filter(|_| have > 0) {
        Some(mark) => ask(agent, url, Some((have, mark)))?,
        None => ask(agent, url, None)?,
    };
    let begins = |answer: &Response<ureq::Body>| range(answer.headers()).0;
    let other = answer.status() == StatusCode::PARTIAL_CONTENT && begins(&answer) != Some(have);
    if other || answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        answer = ask(agent, url, None)?;
    }
    let goes_on = answer.status() == StatusCode::PARTIAL_CONTENT && begins(&answer) == Some(have);
    match answer.status() {
        _ if goes_on => {}
        StatusCode::OK => {
            have = 0;
            file.set_len(0).map_err(Fail::writing(&part))?;
            files::write(&mark, validator(answer.headers()).unwrap_or_default().as_bytes())?;
        }
        StatusCode::NOT_FOUND => {
            drop(file);
            files::remove(&part)?;
            files::remove(&mark)?;
            return Err(Fail::Asked(
                format!("{url} is not there"),
                "check the code of the country, or the address given with --base",
            ));
        }
        status => {
            return Err(Fail::Asked(
                format!("{url} cannot be fetched: the server answers {status}"),
                "try again later, or another address with --base",
            ));
        }
    }
    let total = if goes_on { range(answer.headers()).1 } else { length(answer.headers()) };
    if total.is_some_and(|total| total > LARGEST) {
        return Err(Fail::Asked(
            format!("{url} has {} bytes, more than any table of places", total.unwrap_or(0)),
            "check the address given with --base",
        ));
    }
    let taken = take(answer, &mut file, (name, have, total)).map_err(|error| match error {
        Broken::Disk(error) => Fail::Write(part.clone(), error),
        Broken::Line(why) => Fail::Asked(
            format!("{url} broke off: {why}"),
            "give the same command again: it goes on from there where the server lets it",
        ),
    })?;
    if total.is_some_and(|total| taken != total) {
        return Err(Fail::Asked(
            format!("{url} broke off after {taken} of {} bytes", total.unwrap_or(0)),
            "give the same command again: it goes on from there where the server lets it",
        ));
    }
    let sound = is_zip(&mut file).map_err(Fail::reading(&part))?;
    drop(file);
    if !sound {
        files::remove(&part)?;
        files::remove(&mark)?;
        return Err(Fail::Asked(
            format!("{url} is no zip"),
            "check the address given with --base; nothing was installed",
        ));
    }
    let whole = folder.join(name);
    std::fs::rename(&part, &whole).map_err(Fail::writing(&whole))?;
    files::remove(&mark)?;
    Ok(whole)
}

/// Asks for a file, or for the rest of it if it is still the one that is marked so.
fn ask(agent: &Agent, url: &str, rest: Option<(u64, &str)>) -> Result<Response<ureq::Body>, Fail> {
    let mut request = agent.get(url);
    if let Some((have, mark)) = rest {
        request = request.header(header::RANGE, format!("bytes={have}-")).header(header::IF_RANGE, mark);
    }
    request.call().map_err(|error| {
        Fail::Asked(
            format!("{url} cannot be fetched: {error}"),
            "check your connection; `conflict-map gazetteer add` takes a file that you got elsewhere",
        )
    })
}

/// What marks this state of a file: a strong `ETag`, else the time of its last change.
fn validator(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    text(header::ETAG).filter(|tag| !tag.starts_with("W/")).or_else(|| text(header::LAST_MODIFIED))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Where a part begins and how long the whole is: `bytes 100-199/200`.
fn range(headers: &HeaderMap) -> (Option<u64>, Option<u64>) {
    let text = headers.get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let part = text.strip_prefix("bytes ").and_then(|rest| rest.split_once('/'));
    let begins = part.and_then(|(part, _)| part.split_once('-')?.0.trim().parse().ok());
    (begins, part.and_then(|(_, whole)| whole.trim().parse().ok()))
}

/// Why a download ended before its end.
enum Broken {
    Disk(std::io::Error),
    Line(std::io::Error),
}

/// Takes what comes into the file and gives how much there is then.
fn take(
    answer: Response<ureq::Body>,
    file: &mut File,
    (name, have, total): (&str, u64, Option<u64>),
) -> Result<u64, Broken> {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec}") {
        bar.set_style(style);
    }
    bar.set_message(name.to_owned());
    bar.set_position(have);
    let mut body = answer.into_body().into_reader().take(LARGEST);
    let (mut buffer, mut taken) = (vec![0; 1 << 16], have);
    loop {
        let count = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                bar.finish_and_clear();
                return Err(Broken::Line(error));
            }
        };
        file.write_all(&buffer[..count]).map_err(Broken::Disk)?;
        taken += count as u64;
        bar.set_position(taken);
    }
    bar.finish_and_clear();
    Ok(taken)
}

/// Whether a file begins as a zip does: an error page that came with 200 does not.
fn is_zip(file: &mut File) -> std::io::Result<bool> {
    let mut start = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(4).read_to_end(&mut start)?;
    Ok(start == b"PK\x03\x04")
}
