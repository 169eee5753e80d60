//! The pictures of a DOCX: the logo of the installation on a title page, and charts (DrawingML, ISO/IEC 29500-1, 20.4).

use std::sync::{Arc, LazyLock};

use maud::{Markup, html};
use resvg::{tiny_skia, usvg};

use crate::error::{Error, Result};
use crate::rendering::pdf;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// The height of a logo, and its largest width, in English Metric Units (360,000 in a centimetre).
const HEIGHT: u64 = 576_000;
const MOST_WIDTH: u64 = 5_400_000;

/// The name of the file of the logo in the package, and the id of its relation.
pub(super) const FILE: &str = "media/logo.png";
pub(super) const RELATION: &str = "logo";

/// The number of English Metric Units in a twentieth of a point.
const UNITS: u64 = 635;

/// The largest width of a chart, in twentieths of a point.
const CHART_WIDTH: usize = 9_400;

/// The dots of a chart for each unit of its drawing: about 200 in an inch on paper.
const SCALE: f32 = 2.0;

/// A chart as a bitmap (PNG).
pub(super) struct ChartPicture {
    pub bytes: Vec<u8>,
    pub size: Picture,
}

/// The fonts of charts: those of the PDF.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    pdf::font_files().for_each(|data| fonts.load_font_data(data.to_vec()));
    Arc::new(fonts)
});

/// Draws a chart.
pub(super) fn draw(svg: &str) -> Result<ChartPicture> {
    let options = usvg::Options { fontdb: Arc::clone(&FONTS), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(Error::internal)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| Error::internal("an empty chart"))?;
    let mut dots =
        tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| Error::internal("a chart is too large"))?;
    dots.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut dots.as_mut());
    let bytes = dots.encode_png().map_err(Error::internal)?;
    Ok(ChartPicture { bytes, size: Picture { width: size.width(), height: size.height() } })
}

/// Returns the name of the file of a chart in the package.
pub(super) fn chart_file(n: usize) -> String {
    format!("media/chart{n}.png")
}

/// A picture with its size in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
}

impl Picture {
    /// Returns width and height on the page.
    fn extent(self) -> (u64, u64) {
        let (width, height) = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let wide = HEIGHT * width / height;
        if wide <= MOST_WIDTH { (wide, HEIGHT) } else { (MOST_WIDTH, MOST_WIDTH * height / width) }
    }

    /// Writes the run with the logo; `alt` is its text for readers who do not see it.
    pub(super) fn drawing(self, alt: &str) -> Markup {
        drawing(self.extent(), (1, "Logo", RELATION), alt)
    }

    /// Writes the run with the chart of this number, in a text of this width.
    pub(super) fn chart(self, n: usize, width: usize, alt: &str) -> Markup {
        let wide = UNITS * width.min(CHART_WIDTH) as u64;
        let high = wide * u64::from(self.height) / u64::from(self.width.max(1));
        drawing((wide, high), (n + 2, &format!("Chart {n}"), &format!("chart{n}")), alt)
    }
}

/// Writes a run with a picture: its size, and its number, name and relation.
fn drawing((width, height): (u64, u64), (id, name, relation): (usize, &str, &str), alt: &str) -> Markup {
    html! {
        w:r {
            w:drawing {
                wp:inline xmlns:wp=(DRAWING) distT="0" distB="0" distL="0" distR="0" {
                    wp:extent cx=(width) cy=(height) {}
                    wp:docPr id=(id) name=(name) descr=(alt) {}
                    a:graphic xmlns:a=(MAIN) {
                        a:graphicData uri=(PICTURE) {
                            pic:pic xmlns:pic=(PICTURE) {
                                pic:nvPicPr {
                                    pic:cNvPr id=(id) name=(name) descr=(alt) {}
                                    pic:cNvPicPr {}
                                }
                                pic:blipFill {
                                    a:blip r:embed=(relation) {}
                                    a:stretch { a:fillRect {} }
                                }
                                pic:spPr {
                                    a:xfrm {
                                        a:off x="0" y="0" {}
                                        a:ext cx=(width) cy=(height) {}
                                    }
                                    a:prstGeom prst="rect" { a:avLst {} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_keeps_its_shape_and_never_leaves_the_page() {
        assert_eq!(Picture { width: 800, height: 200 }.extent(), (2_304_000, 576_000));
        assert_eq!(Picture { width: 4000, height: 100 }.extent(), (5_400_000, 135_000));
        let drawn = Picture { width: 800, height: 200 }.drawing("Ministerio <1>").into_string();
        assert!(drawn.contains(r#"r:embed="logo""#) && drawn.contains(r#"descr="Ministerio &lt;1&gt;""#), "{drawn}");
    }
}
