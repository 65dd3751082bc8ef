/** The QR code of a URI, as SVG text and as a PNG data URL. The URI stands in neither as text. */
export async function renderQr(
  uri: string,
): Promise<{ readonly qrSvg: string; readonly qrPng: string }> {
  // Loaded on first use: most processes never enroll an app.
  const { default: qrcode } = await import('qrcode');
  const options = { errorCorrectionLevel: 'M', margin: 4 } as const;
  const [qrSvg, png] = await Promise.all([
    qrcode.toString(uri, { ...options, type: 'svg' }),
    qrcode.toBuffer(uri, { ...options, rendererOpts: PLAIN_PIXELS }),
  ]);
  return { qrSvg, qrPng: `data:image/png;base64,${png.toString('base64')}` };
}

/** Black and white needs no filter per pixel row: without one a PNG costs a tenth and is no larger. */
const PLAIN_PIXELS = { filterType: 0, deflateStrategy: 0 } as const;
