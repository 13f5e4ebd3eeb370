//! Positions for a picture.
