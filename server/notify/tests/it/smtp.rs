//! A mail server of one room: it speaks enough of RFC 5321 to be sent to, keeps what it accepted, and misbehaves as
//! told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// How the server treats the next message.
#[derive(Clone, Copy, Debug)]
pub enum Treat {
    Accept,
    /// Answers this command (`MAIL`, `RCPT`, `DATA`, or `.` for the content) with this line.
    Refuse(&'static str, &'static str),
    /// Takes the content and closes the line without an answer: it may have been kept, or not.
    HangUp {
        keeping: bool,
    },
}

#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub content: Vec<u8>,
}

#[derive(Default)]
struct Room {
    received: Mutex<Vec<Received>>,
    plan: Mutex<VecDeque<Treat>>,
    connections: Mutex<usize>,
}

pub struct SmtpServer {
    pub port: u16,
    room: Arc<Room>,
    arrivals: mpsc::UnboundedReceiver<()>,
}

impl SmtpServer {
    /// The first messages are treated as planned, the rest accepted.
    pub async fn start(plan: impl IntoIterator<Item = Treat>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let room = Arc::new(Room { plan: Mutex::new(plan.into_iter().collect()), ..Room::default() });
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let inside = room.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *inside.connections.lock().unwrap() += 1;
                tokio::spawn(talk(stream, inside.clone(), arrived.clone()));
            }
        });
        Self { port, room, arrivals }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    pub fn received(&self) -> Vec<Received> {
        self.room.received.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.room.connections.lock().unwrap()
    }

    /// Waits until so many messages have been kept in all.
    pub async fn wait_for(&mut self, count: usize) {
        while self.received().len() < count {
            self.arrivals.recv().await.unwrap();
        }
    }
}

/// `None` when the line is closed.
async fn talk(stream: TcpStream, room: Arc<Room>, arrived: mpsc::UnboundedSender<()>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 room.example ready\r\n").await.ok()?;
    let (mut from, mut to) = (String::new(), String::new());
    let mut treat = Treat::Accept;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let command = line.get(..4).unwrap_or(line).to_uppercase();
        if command == "MAIL" {
            treat = room.plan.lock().unwrap().pop_front().unwrap_or(Treat::Accept);
            from = angled(line);
        }
        if command == "RCPT" {
            to = angled(line);
        }
        let refusal = match treat {
            Treat::Refuse(at, with) if at == command => Some(with),
            _ => None,
        };
        let answer = match (command.as_str(), refusal) {
            (_, Some(refusal)) => refusal,
            ("EHLO", _) => "250-room.example\r\n250 SIZE 1000000",
            ("DATA", _) => "354 go ahead",
            ("QUIT", _) => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            }
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        if command != "DATA" || refusal.is_some() {
            continue;
        }
        let content = content(&mut stream).await?;
        let keep = || {
            room.received.lock().unwrap().push(Received { from: from.clone(), to: to.clone(), content });
            let _ = arrived.send(());
        };
        match treat {
            Treat::HangUp { keeping } => {
                if keeping {
                    keep();
                }
                return None;
            }
            Treat::Refuse(".", with) => {
                stream.write_all(format!("{with}\r\n").as_bytes()).await.ok()?;
            }
            Treat::Accept | Treat::Refuse(..) => {
                keep();
                stream.write_all(b"250 kept as 4711\r\n").await.ok()?;
            }
        }
    }
}

/// Up to the dot on a line of its own, without the dots that were doubled on the way.
async fn content(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(content);
        }
        content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn angled(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}
