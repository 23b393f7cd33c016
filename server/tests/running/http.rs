//! As much of HTTP/1.1 as is needed to speak to a server on this machine: one connection, kept for the next request.

use std::{
    io::{Error, ErrorKind, Result},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Connection {
    to: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Connection {
    pub const fn new(to: SocketAddr) -> Self {
        Self { to, stream: None }
    }

    /// Asks `METHOD /path`, and waits for the answer. After an error nobody knows whether it was done.
    pub async fn send(&mut self, call: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
        // A connection of which half an answer was read is of no use any more: it comes back only when all went well.
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => BufReader::new(TcpStream::connect(self.to).await?),
        };
        let asked = async {
            let mut request =
                format!("{call} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", self.to, body.len());
            for (name, value) in headers {
                request.extend([name, ": ", value, "\r\n"]);
            }
            request.extend(["\r\n", body]);
            stream.write_all(request.as_bytes()).await?;
            read(&mut stream).await
        };
        let answer = timeout(PATIENCE, asked).await.map_err(|_| Error::from(ErrorKind::TimedOut))??;
        self.stream = Some(stream);
        Ok(answer)
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Result<Answer> {
    let first = line(stream).await?;
    let status =
        first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
    let mut answer = Answer { status, body: Vec::new() };
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(stream).await?;
        let Some((name, value)) = header.split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| ErrorKind::InvalidData)?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    if !chunked {
        answer.body = exactly(stream, length).await?;
        return Ok(answer);
    }
    loop {
        let size = line(stream).await?;
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| ErrorKind::InvalidData)?;
        answer.body.extend(exactly(stream, size).await?);
        line(stream).await?;
        if size == 0 {
            return Ok(answer);
        }
    }
}

/// Without what ends it; empty only where it was.
async fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}

async fn exactly(stream: &mut BufReader<TcpStream>, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(body)
}
