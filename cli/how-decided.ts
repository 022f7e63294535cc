import type { Judges } from '#faults/define-fault.ts';

/** What each sort of fault is decided by, in words, and the command that looks. */
interface Decided {
  readonly by: string;
  readonly look: string;
}

const scan = 'uccert scan';
const deep = 'uccert scan --deep';
const trust = 'uccert trust';
const check = 'uccert check FILE';
const fromStores = 'what the machine itself says that its store holds';

export const howDecided: Readonly<Record<Judges, Decided>> = {
  connection: { by: 'how the port answers when it is opened', look: scan },
  'certificate-list': { by: 'the certificates that the port sends, or the file holds, byte by byte', look: scan },
  presented: { by: 'the certificate that the port sends, or the file holds, beside the inventory', look: scan },
  client: { by: 'the certificates that the port sends, through the trust of each PC that opens it', look: scan },
  'client-certificate': { by: 'whether the port asks its clients for a certificate', look: scan },
  protocol: { by: 'the TLS version that the port picks of those it is offered', look: scan },
  variants: { by: 'one connection for each TLS version, kind of key and group, and what became of it', look: deep },
  machine: { by: 'all ports of one machine beside one another', look: scan },
  name: { by: 'what the resolver says of the name', look: scan },
  clock: { by: "the clock of the machine's web server beside that of this machine", look: deep },
  revocation: {
    by: 'the revocation lists that the certificates name, fetched over HTTP',
    look: 'uccert scan --revocation',
  },
  'trust-relation': {
    by: 'what one machine presents, through the trust store of the machine that relies on it',
    look: trust,
  },
  'stored-identity': { by: `what the port presents, beside ${fromStores}`, look: trust },
  binding: { by: 'what the port presents, beside what Windows says is bound to it', look: trust },
  identity: { by: fromStores, look: trust },
  'key-store': { by: 'what the key store holds, read on the machine or as a file', look: trust },
  store: { by: fromStores, look: trust },
  page: {
    by: 'a real browser with the trust of a PC, which opens the page and every part of it; the findings about the ports behind it say why',
    look: 'uccert browse',
  },
  file: { by: 'the file as it is, beside the request, the store and the machine that it is for', look: check },
  reply: { by: 'the file beside the requests that wait on the machine', look: `${check} --live` },
};
