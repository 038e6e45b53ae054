//! Courtesy: when a source may be asked, when to try again, and when to leave it alone.
//!
//! Every host fetches through [`Polite`], so the browser, Node and the tests keep the same manners. Time, the network
//! and the cache come in through [`Transport`].

use crate::{
    paper::SourceId,
    request::{Cancelled, FetchError, Request, Response, Server, SourceState},
};
use futures::lock::Mutex;
use std::{cell::RefCell, collections::BTreeMap, time::UNIX_EPOCH};

/// Longest single wait that a run accepts, in milliseconds; a source that asks for more is given up with its reason.
pub const MAX_WAIT_MS: u64 = 60_000;
/// First wait before a retry, in milliseconds; doubled at each further one, then multiplied by `0.5 + jitter`.
pub const BACKOFF_MS: u64 = 1_000;
/// Consecutive failures after which a source is left alone for [`OPEN_MS`].
pub const BREAKER_FAILURES: u32 = 3;
/// How long an open circuit breaker stays open, in milliseconds.
pub const OPEN_MS: u64 = 300_000;

/// An HTTP answer of any status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The `Retry-After` header as sent, where it was readable.
    pub retry_after: Option<String>,
    /// The body as sent.
    pub body: Vec<u8>,
}

/// What politeness needs of the outside: the network, a clock, a store.
#[allow(async_fn_in_trait, reason = "one thread; no Send bound is wanted")]
pub trait Transport {
    /// One GET without any custom header.
    ///
    /// # Errors
    /// `Unreadable`, `TimedOut` or `Cancelled`; a status, whatever it is, is an answer.
    async fn get(&self, url: &str) -> Result<Reply, FetchError>;
    /// Waits.
    ///
    /// # Errors
    /// [`Cancelled`] as soon as the reader cancels.
    async fn sleep(&self, ms: u64) -> Result<(), Cancelled>;
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> u64;
    /// A number in `0.0..1.0` that differs from call to call, to spread retries.
    fn jitter(&self) -> f64;
    /// A body stored for this address within the last day.
    async fn cached(&self, url: &str) -> Option<Vec<u8>>;
    /// Stores a body for a day.
    async fn store(&self, url: &str, body: &[u8]);
    /// Tells the page how a source is doing.
    fn report(&self, source: SourceId, state: SourceState);
}

#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    /// Not to be asked before this time.
    next_ms: u64,
    /// Failures since the last success.
    failures: u32,
}

/// Fetches politely over a [`Transport`].
pub struct Polite<T> {
    transport: T,
    lanes: RefCell<BTreeMap<Server, Lane>>,
    /// One request at a time to each server, whatever the pipeline starts at once.
    turns: RefCell<BTreeMap<Server, std::rc::Rc<Mutex<()>>>>,
}

/// What an answer means for the next step.
enum Step {
    Done(Vec<u8>),
    RetryIn { ms: u64, error: FetchError },
    GiveUp(FetchError),
}

impl<T: Transport> Polite<T> {
    /// Nobody has been asked yet.
    pub fn new(transport: T) -> Self {
        Self { transport, lanes: RefCell::default(), turns: RefCell::default() }
    }

    /// The transport, for a host that needs its clock.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// Fetches one body: from the store, else with spacing, `Retry-After`, exponential backoff with jitter and a
    /// circuit breaker.
    ///
    /// # Errors
    /// [`FetchError`] once the retries are used up or the source asks to wait longer than [`MAX_WAIT_MS`].
    pub async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        if let Some(body) = self.transport.cached(&request.url).await {
            return Ok(Response { body, cached: true });
        }
        let server = &request.server;
        let turn = self.turns.borrow_mut().entry(server.clone()).or_default().clone();
        let _turn = turn.lock().await;
        let courtesy = server.courtesy();
        let mut attempt = 0;
        loop {
            self.wait_for_slot(server).await?;
            match self.step(request, attempt).await {
                Step::Done(body) => {
                    self.lane(server, |lane| lane.failures = 0);
                    return Ok(Response { body, cached: false });
                }
                Step::RetryIn { ms, .. } if attempt < courtesy.max_retries && ms <= MAX_WAIT_MS => {
                    let until = self.transport.now_ms() + ms;
                    self.lane(server, |lane| lane.next_ms = lane.next_ms.max(until));
                    if let Server::Source(source) = server {
                        self.transport.report(*source, SourceState::Throttled { retry_in_s: ms.div_ceil(1000) });
                    }
                    attempt += 1;
                }
                Step::RetryIn { error, .. } | Step::GiveUp(error) => {
                    // That it has no such record is an answer.
                    let answered = error == FetchError::Status { status: 404 };
                    if answered {
                        self.lane(server, |lane| lane.failures = 0);
                    } else if courtesy.counts_failures {
                        let open_until = self.transport.now_ms() + OPEN_MS;
                        self.lane(server, |lane| {
                            lane.failures += 1;
                            if lane.failures >= BREAKER_FAILURES {
                                lane.next_ms = open_until;
                            }
                        });
                    }
                    return Err(error);
                }
            }
        }
    }

    /// Keeps a body that could be understood, so that the same question asked again within a day costs the source
    /// nothing. Never called for an answer that did not parse.
    pub async fn keep(&self, request: &Request, response: &Response) {
        if !response.cached {
            self.transport.store(&request.url, &response.body).await;
        }
    }

    async fn wait_for_slot(&self, server: &Server) -> Result<(), FetchError> {
        let now = self.transport.now_ms();
        let lane = self.lanes.borrow().get(server).copied().unwrap_or_default();
        if lane.failures >= BREAKER_FAILURES && now < lane.next_ms {
            return Err(FetchError::CircuitOpen { failures: lane.failures });
        }
        let at = lane.next_ms.max(now);
        let interval = server.courtesy().min_interval_ms;
        self.lane(server, |lane| lane.next_ms = at + interval);
        if at > now {
            self.transport.sleep(at - now).await.map_err(|Cancelled| FetchError::Cancelled)?;
        }
        Ok(())
    }

    async fn step(&self, request: &Request, attempt: u32) -> Step {
        let backoff = self.backoff_ms(attempt);
        let reply = match self.transport.get(&request.url).await {
            Ok(reply) => reply,
            // A page cannot tell a refusal from a throttle without CORS headers. One more try tells a moment's trouble
            // from a lasting one; more would only make a reader without a network wait.
            Err(error @ FetchError::Unreadable) if attempt == 0 => return Step::RetryIn { ms: backoff, error },
            // One that let its time pass would let it pass again.
            Err(error) => return Step::GiveUp(error),
        };
        let wait_ms = reply.retry_after.as_deref().and_then(|value| retry_after_ms(value, self.transport.now_ms()));
        match reply.status {
            200 => Step::Done(reply.body),
            // arXiv throttles with 406 as well as 429 since September 2026.
            406 | 429 => Step::RetryIn {
                ms: wait_ms.unwrap_or(backoff),
                error: FetchError::Throttled { retry_after_s: wait_ms.map(|ms| ms.div_ceil(1000)) },
            },
            status @ (408 | 500 | 502 | 503 | 504) => {
                Step::RetryIn { ms: wait_ms.unwrap_or(backoff), error: FetchError::Status { status } }
            }
            status => Step::GiveUp(FetchError::Status { status }),
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small, positive"
    )]
    fn backoff_ms(&self, attempt: u32) -> u64 {
        let base = BACKOFF_MS << attempt.min(5);
        (base as f64 * (0.5 + self.transport.jitter())) as u64
    }

    fn lane(&self, server: &Server, change: impl FnOnce(&mut Lane)) {
        change(self.lanes.borrow_mut().entry(server.clone()).or_default());
    }
}

/// `Retry-After` as milliseconds from now: seconds or an HTTP date (RFC 9110 §10.2.3). `None` where it is neither.
fn retry_after_ms(value: &str, now_ms: u64) -> Option<u64> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    let at = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(u64::try_from(at.as_millis()).ok()?.saturating_sub(now_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;
    use std::{cell::Cell, collections::VecDeque};

    /// Answers from a script; time passes only by sleeping.
    struct Script {
        replies: RefCell<VecDeque<Result<Reply, FetchError>>>,
        now: Cell<u64>,
        gets: RefCell<Vec<u64>>,
        stored: RefCell<BTreeMap<String, Vec<u8>>>,
        states: RefCell<Vec<SourceState>>,
    }

    impl Script {
        fn of(replies: Vec<Result<Reply, FetchError>>) -> Polite<Self> {
            Polite::new(Self {
                replies: RefCell::new(replies.into()),
                now: Cell::new(1_000_000),
                gets: RefCell::default(),
                stored: RefCell::default(),
                states: RefCell::default(),
            })
        }
    }

    impl Transport for Script {
        async fn get(&self, _url: &str) -> Result<Reply, FetchError> {
            self.gets.borrow_mut().push(self.now.get());
            self.replies.borrow_mut().pop_front().unwrap_or(Err(FetchError::Unreadable))
        }
        async fn sleep(&self, ms: u64) -> Result<(), Cancelled> {
            self.now.set(self.now.get() + ms);
            Ok(())
        }
        fn now_ms(&self) -> u64 {
            self.now.get()
        }
        fn jitter(&self) -> f64 {
            0.5
        }
        async fn cached(&self, url: &str) -> Option<Vec<u8>> {
            self.stored.borrow().get(url).cloned()
        }
        async fn store(&self, url: &str, body: &[u8]) {
            self.stored.borrow_mut().insert(url.into(), body.into());
        }
        fn report(&self, _source: SourceId, state: SourceState) {
            self.states.borrow_mut().push(state);
        }
    }

    fn reply(status: u16, retry_after: Option<&str>) -> Result<Reply, FetchError> {
        Ok(Reply { status, retry_after: retry_after.map(Into::into), body: "body".into() })
    }

    fn request() -> Request {
        Request { url: "https://api.openalex.org/works?search=x".into(), server: SourceId::Openalex.into() }
    }

    #[test]
    fn waits_as_long_as_retry_after_says_and_tells_the_page() {
        let polite = Script::of(vec![reply(429, Some("7")), reply(200, None)]);
        assert_eq!(block_on(polite.fetch(&request())).map(|r| r.body), Ok("body".into()));
        let gets = polite.transport.gets.borrow();
        assert!(gets[1] - gets[0] >= 7_000, "{gets:?}");
        assert_eq!(polite.transport.states.borrow()[0], SourceState::Throttled { retry_in_s: 7 });
    }

    #[test]
    fn gives_up_at_once_when_asked_to_wait_three_hours() {
        let polite = Script::of(vec![reply(429, Some("10800"))]);
        let error = block_on(polite.fetch(&request())).unwrap_err();
        assert_eq!(error, FetchError::Throttled { retry_after_s: Some(10_800) });
        assert_eq!(polite.transport.gets.borrow().len(), 1);
    }

    #[test]
    fn understands_retry_after_as_a_date() {
        assert_eq!(retry_after_ms("Thu, 01 Jan 1970 00:00:30 GMT", 10_000), Some(20_000));
        assert_eq!(retry_after_ms("Thu, 01 Jan 1970 00:00:30 GMT", 90_000), Some(0));
        assert_eq!(retry_after_ms("soon", 0), None);
        assert_eq!(retry_after_ms("99999999999999999999", 0), None);
    }

    #[test]
    fn backs_off_exponentially_on_server_errors_then_reports_the_status() {
        let polite = Script::of((0..9).map(|_| reply(500, None)).collect());
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Status { status: 500 }));
        let gets = polite.transport.gets.borrow();
        assert_eq!(gets.len() as u32, 1 + SourceId::Openalex.courtesy().max_retries);
        assert!(gets.windows(2).map(|w| w[1] - w[0]).is_sorted(), "{gets:?}");
    }

    #[test]
    fn a_record_that_is_not_there_is_an_answer() {
        let replies = [500, 500, 500, 404, 404, 404, 404, 200].map(|status| reply(status, None));
        let polite = Script::of(replies.into());
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Status { status: 500 }));
        for _ in 0..=BREAKER_FAILURES {
            assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Status { status: 404 }));
        }
        assert!(block_on(polite.fetch(&request())).is_ok());
    }

    #[test]
    fn does_not_repeat_a_request_that_the_source_refuses() {
        let polite = Script::of(vec![reply(400, None), reply(200, None)]);
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Status { status: 400 }));
        assert_eq!(polite.transport.gets.borrow().len(), 1);
    }

    #[test]
    fn tries_once_more_where_nothing_can_be_read_and_never_after_a_timeout() {
        let polite = Script::of(Vec::new());
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Unreadable));
        assert_eq!(polite.transport.gets.borrow().len(), 2);
        let polite = Script::of(vec![Err(FetchError::TimedOut { after_s: 30 }), reply(200, None)]);
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::TimedOut { after_s: 30 }));
        assert_eq!(polite.transport.gets.borrow().len(), 1);
    }

    #[test]
    fn leaves_a_source_alone_after_repeated_failures_and_returns_to_it_later() {
        let polite = Script::of(Vec::new());
        for _ in 0..BREAKER_FAILURES {
            assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::Unreadable));
        }
        let asked = polite.transport.gets.borrow().len();
        assert_eq!(block_on(polite.fetch(&request())), Err(FetchError::CircuitOpen { failures: BREAKER_FAILURES }));
        assert_eq!(polite.transport.gets.borrow().len(), asked);
        polite.transport.now.set(polite.transport.now.get() + OPEN_MS);
        polite.transport.replies.borrow_mut().push_back(reply(200, None));
        assert!(block_on(polite.fetch(&request())).is_ok());
    }

    #[test]
    fn spaces_requests_and_asks_nothing_twice_within_a_day() {
        let polite = Script::of(vec![reply(200, None), reply(200, None)]);
        let first = block_on(polite.fetch(&request())).unwrap();
        block_on(polite.keep(&request(), &first));
        assert!(block_on(polite.fetch(&request())).unwrap().cached);
        let other = Request { url: "https://api.openalex.org/works?search=y".into(), ..request() };
        block_on(polite.fetch(&other)).unwrap();
        let gets = polite.transport.gets.borrow();
        assert_eq!(gets.len(), 2);
        assert!(gets[1] - gets[0] >= SourceId::Openalex.courtesy().min_interval_ms);
    }
}
