//! A newsroom's mark.

/// A picture for the upper right corner of the page: a PNG file as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file.
    pub png: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Most pixels of a side.
const SIDE: u32 = 4000;

impl Logo {
    /// The logo of a PNG file.
    ///
    /// # Errors
    /// Where it is none, is damaged or too large; in words that go on from "the logo".
    pub fn read(file: Vec<u8>) -> Result<Self, String> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
            .read_info()
            .map_err(|why| format!("is no PNG picture: {why}"))?;
        let (width, height) = (reader.info().width, reader.info().height);
        if width > SIDE || height > SIDE {
            return Err(format!("has {width} × {height} pixels, more than {SIDE} on a side"));
        }
        let size = reader.output_buffer_size().ok_or("is too large")?;
        reader.next_frame(&mut vec![0; size]).map_err(|why| format!("is damaged: {why}"))?;
        drop(reader);
        Ok(Self { png: file, width, height })
    }
}
