import type { Locator } from "@playwright/test";
import { BarcodeFormat, BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from "@zxing/library";

/** Pixels of one module of a code, about as many as a label printer has dots. */
const DOTS = 4;
/** So high is what is one module high: bars. */
const BARS = 80;

/** What a scanner reads off a code that the page draws: ZXing's reader has nothing in common with what drew it. */
export async function scanned(code: Locator, format: "CODE_128" | "QR_CODE"): Promise<string> {
  const [box, path] = await code.evaluate((svg) => [svg.getAttribute("viewBox")!, [...svg.querySelectorAll("path")].pop()!.getAttribute("d")!]);
  const [left, top, wide, high] = box!.split(" ").map(Number) as [number, number, number, number];
  const [width, height] = [wide * DOTS, high === 1 ? BARS : high * DOTS];
  const tall = height / high;
  const grey = new Uint8ClampedArray(width * height).fill(255);
  const boxes = [...path!.matchAll(/M(-?\d+) (-?\d+)h(\d+)v1h-\d+z/g)];
  if (boxes.length !== path!.split("M").length - 1) throw new Error(`not all of it is boxes: ${path}`);
  for (const [, x, y, w] of boxes) {
    for (let row = (Number(y) - top) * tall; row < (Number(y) - top + 1) * tall; row++) {
      grey.fill(0, row * width + (Number(x) - left) * DOTS, row * width + (Number(x) - left + Number(w)) * DOTS);
    }
  }
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat[format]]],
    [DecodeHintType.TRY_HARDER, true],
    // The picture is the code and nothing else. Looking for one in it, the reader misses one of a hundred that are right.
    [DecodeHintType.PURE_BARCODE, true],
  ]);
  return new MultiFormatReader().decode(picture, hints).getText();
}
