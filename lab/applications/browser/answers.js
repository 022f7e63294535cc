// Whether a port answers a page of another origin: it does once the browser takes its certificate.
async function answers(url) {
  try {
    await (await fetch(url, { cache: 'no-store' })).text();
    return true;
  } catch {
    return false;
  }
}
