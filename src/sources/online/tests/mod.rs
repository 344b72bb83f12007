//! Tests of requests with a made-up clock and made-up replies.

mod connection;
