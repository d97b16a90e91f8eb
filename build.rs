//! Unpacks the data that the binary embeds.

fn main() {}
