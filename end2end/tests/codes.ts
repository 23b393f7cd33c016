import type { Locator } from "@playwright/test";
import { BarcodeFormat, BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from "@zxing/library";
import { PNG } from "pngjs";

/** What a scanner reads off a code as it stands on the page: ZXing's reader has nothing in common with what drew it. */
export async function scanned(code: Locator, format: "CODE_128" | "QR_CODE"): Promise<string> {
  // As fine as a label is printed, three times what a screen shows.
  const zoom = (to: string) => code.evaluate((it, to) => void (it.ownerDocument.documentElement.style.zoom = to), to);
  await zoom("3");
  const { data, width, height } = PNG.sync.read(await code.screenshot({ scale: "device" }));
  await zoom("");
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0; i < grey.length; i++) {
    const [r, g, b] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    grey[i] = (r + 2 * g + b) / 4;
  }
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat[format]]],
    [DecodeHintType.TRY_HARDER, true],
  ]);
  return new MultiFormatReader().decode(picture, hints).getText();
}
