import { newRequest, replyTo } from '../../../request.ts';
import { switchesOf, type Call, type Program } from '../program.ts';
import { requestInf } from '../request-inf.ts';
import { certificateOf } from './certutil.ts';

const notIssued =
  'Certificate Request Processor: The RPC server is unavailable. 0x800706ba (WIN32: 1722 RPC_S_SERVER_UNAVAILABLE)';
const untrusted =
  'Certificate Request Processor: A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)';
const noRequest =
  'Certificate Request Processor: Cannot find object or property. 0x80092004 (-2146885628 CRYPT_E_NOT_FOUND)';
const noData = 'Certificate Request Processor: The data is invalid. 0x8007000d (WIN32: 13 ERROR_INVALID_DATA)';

/** `certreq -new|-submit|-accept`. */
export const certreq: Program = {
  name: 'certreq',
  run: async (call) => {
    const { switches, others } = switchesOf(call.args);
    const run = switches.has('new') ? create : switches.has('submit') ? submit : switches.has('accept') ? accept : null;
    // The value of -attrib and of -config stands apart.
    const files = others.filter(
      (_, at) => !/^-(attrib|config)$/i.test(call.args[call.args.indexOf(others[at] ?? '') - 1] ?? ''),
    );
    if (run === null || files[0] === undefined) {
      call.io.print(
        'Usage:\n  CertReq -new [Options] [PolicyFileIn [RequestFileOut]]\n  CertReq -submit [Options] [RequestFileIn [CertFileOut]]\n  CertReq -accept [Options] [CertChainFileIn | FullResponseFileIn | CertFileIn]',
      );
      return 1;
    }
    const failure = await run(call, files[0], files[1] ?? '');
    if (failure !== null) call.io.error(failure);
    return failure === null ? 0 : 1;
  },
};

async function create({ machine, session, io }: Call, from: string, to: string): Promise<string | null> {
  const policy = machine.files.read(from, session.folder).toString('utf8');
  const wish = requestInf(policy);
  if (wish === null || to === '') return noData;
  const request = await newRequest(wish);
  machine.certificateStore.pendingKeys = [...machine.certificateStore.pendingKeys, request.key.privateKey];
  machine.files.write(to, request.pem.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'), session.folder);
  io.print('\nCertReq: Request Created');
  return null;
}

/** Asks the enterprise CA: that of a signed lab. */
async function submit({ machine, session, io }: Call, from: string, to: string): Promise<string | null> {
  const { authority } = machine;
  if (authority === null) return notIssued;
  const request = machine.files.read(from, session.folder).toString('utf8');
  try {
    const reply = await replyTo(request.replaceAll('NEW CERTIFICATE', 'CERTIFICATE'), authority, machine.now());
    if (to !== '') machine.files.write(to, reply.toString(), session.folder);
  } catch {
    return noData;
  }
  io.print('RequestId: 1\nRequestId: "1"\nCertificate retrieved(Issued) Issued');
  return null;
}

function accept({ machine, session, io }: Call, from: string): Promise<string | null> {
  const store = machine.certificateStore;
  const certificate = certificateOf(machine.files.read(from, session.folder));
  if (certificate === null) return Promise.resolve(noData);
  const key = store.pendingKeys.find((each) => certificate.checkPrivateKey(each));
  if (key === undefined) return Promise.resolve(noRequest);
  // A root, or an intermediate of two tiers, that was not imported first.
  const isKnown = [...store.items('Root'), ...store.items('CA')].some((item) =>
    certificate.checkIssued(item.certificate),
  );
  if (!isKnown) return Promise.resolve(untrusted);
  store.put('My', certificate, key);
  store.pendingKeys = store.pendingKeys.filter((each) => each !== key);
  io.print('Installed Certificate:');
  return Promise.resolve(null);
}
