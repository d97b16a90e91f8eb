//! Reads reports: the places they name, and what they say of control.

mod text;
