//! Reading: the bytes of one format become sections of passages with exact sentence spans. No I/O.

pub mod arxiv_html;
pub mod plain;
