//! The logo of the installation on a title page of DOCX (DrawingML, ISO/IEC 29500-1, 20.4).

use maud::{Markup, html};

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// The height of a logo, and its largest width, in English Metric Units (360,000 in a centimetre).
const HEIGHT: u64 = 576_000;
const MOST_WIDTH: u64 = 5_400_000;

/// The name of the file in the package, and the id of its relation.
pub(super) const FILE: &str = "media/logo.png";
pub(super) const RELATION: &str = "logo";

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

    /// Writes the run with the picture; `alt` is its text for readers who do not see it.
    pub(super) fn drawing(self, alt: &str) -> Markup {
        let (width, height) = self.extent();
        html! {
            w:r {
                w:drawing {
                    wp:inline xmlns:wp=(DRAWING) distT="0" distB="0" distL="0" distR="0" {
                        wp:extent cx=(width) cy=(height) {}
                        wp:docPr id="1" name="Logo" descr=(alt) {}
                        a:graphic xmlns:a=(MAIN) {
                            a:graphicData uri=(PICTURE) {
                                pic:pic xmlns:pic=(PICTURE) {
                                    pic:nvPicPr {
                                        pic:cNvPr id="1" name="logo.png" descr=(alt) {}
                                        pic:cNvPicPr {}
                                    }
                                    pic:blipFill {
                                        a:blip r:embed=(RELATION) {}
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
