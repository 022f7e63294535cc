import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { MachineType } from '#model/names.ts';
import { isInRange } from '#products/release.ts';
import { basicOf, bodyOf } from '../request-body.ts';
import type { CertificateUnit } from './certificate-unit.ts';
import type { VosMachine } from './machine.ts';
import { ownRefusal, unreadable } from './refusals.ts';
import { readUploaded } from './uploaded-file.ts';

const prefix = '/platformcom/api/v1/certmgr/config';

/** The certificate API is of the CUCM family, release 14 and later; contact-centre machines do not have it. */
function hasApi(type: MachineType, release: string): boolean {
  return (type === 'CM_PUBLISHER' || type === 'CM_SUBSCRIBER') && isInRange(release, { from: '14.0' }) === true;
}

const lengths = z.union([
  z.literal(256),
  z.literal(384),
  z.literal(1024),
  z.literal(2048),
  z.literal(3072),
  z.literal(4096),
]);

const NewRequest = z.object({
  service: z.string(),
  distribution: z.enum(['this-server', 'multi-server']),
  commonName: z.string().min(1),
  keyType: z.enum(['rsa', 'ec']).default('rsa'),
  keyLength: lengths.optional(),
  hashAlgorithm: z.enum(['sha256', 'sha384']).default('sha256'),
  altNames: z.array(z.string().min(1)).optional(),
});

const TrustUpload = z.object({
  service: z.array(z.string()).min(1),
  certificates: z.array(z.string()).min(1),
  description: z.string().optional(),
});

const IdentityUpload = z.object({ service: z.string(), certificates: z.array(z.string()).min(1) });

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What was asked cannot be done; `message` is where clients look for the reason. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

type Handler = (machine: VosMachine, asked: Asked) => Promise<Reply>;

async function bodyAs<T>(schema: z.ZodType<T>, request: IncomingMessage): Promise<T> {
  let json: unknown;
  try {
    json = JSON.parse((await bodyOf(request)).toString('utf8'));
  } catch {
    throw new Refused(400, 'The body is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Refused(400, z.prettifyError(parsed.error));
  return parsed.data;
}

function unitOf(machine: VosMachine, service: string): CertificateUnit {
  const unit = machine.units.get(service);
  if (unit === undefined) throw new Refused(400, `Invalid service: ${service}`);
  return unit;
}

/** Services name their trust store without `-trust`. */
function storeNameOf(machine: VosMachine, service: string): string {
  const store = service.endsWith('-trust') ? service : `${service}-trust`;
  if (machine.units.store(store) === undefined) throw new Refused(400, `Invalid service: ${service}`);
  return store;
}

function serviceAsked({ url }: Asked): string {
  const service = url.searchParams.get('service');
  if (service === null) throw new Refused(400, 'The parameter service is missing');
  return service;
}

function read(pem: string): X509Certificate {
  const certificate = readUploaded(Buffer.from(pem))?.[0];
  if (certificate === undefined) throw new Refused(400, unreadable);
  return certificate;
}

const snapshot: Handler = async (machine) => {
  const identities = machine.units.all.map(async (unit) => ({
    service: unit.name,
    certificate: (await unit.identity()).certificate.toString(),
    ...(unit.request === null ? {} : { csr: unit.request.pem }),
  }));
  const trusts = machine.units.stores.map(([name, store]) => ({
    service: name.replace(/-trust$/, ''),
    certificate_data: store.entries.map(([filename, certificate]) => ({
      filename,
      certificate: certificate.toString(),
    })),
  }));
  const body = {
    trackingId: machine.id,
    server: machine.fqdn,
    identities: await Promise.all(identities),
    trusts,
    revokedCertificates: [],
  };
  return { status: 200, body };
};

const options: Handler = (machine) =>
  Promise.resolve({
    status: 200,
    body: {
      services: machine.units.all.map(({ name }) => name),
      distributions: machine.cluster().length > 1 ? ['this-server', 'multi-server'] : ['this-server'],
      keyTypes: ['rsa', 'ec'],
      keyLengths: { rsa: [1024, 2048, 3072, 4096], ec: [256, 384] },
      hashAlgorithms: ['sha256', 'sha384'],
    },
  });

const generateRequest: Handler = async (machine, { request }) => {
  const asked = await bodyAs(NewRequest, request);
  const unit = unitOf(machine, asked.service);
  const isEc = 'ec' in unit.keyKind;
  if (isEc !== (asked.keyType === 'ec')) throw new Refused(400, `Invalid keyType for ${asked.service}`);
  const length = asked.keyLength ?? (isEc ? 384 : 2048);
  if (isEc !== length < 1000) throw new Refused(400, `Invalid keyLength for ${asked.service}`);
  const { pem } = await machine.newRequest(unit, {
    distribution: asked.distribution,
    commonName: asked.commonName,
    ...(asked.altNames === undefined ? {} : { otherDomains: asked.altNames }),
    key: isEc ? { ec: length === 256 ? 'P-256' : 'P-384' } : { rsa: length },
    hash: asked.hashAlgorithm === 'sha384' ? 'SHA-384' : 'SHA-256',
  });
  return { status: 200, body: { csr: pem } };
};

const uploadTrust: Handler = async (machine, { request }) => {
  const asked = await bodyAs(TrustUpload, request);
  const stores = asked.service.map((service) => storeNameOf(machine, service));
  // All are read before the first is stored.
  const certificates = asked.certificates.map(read);
  for (const store of stores) {
    for (const certificate of certificates) {
      const imported = machine.importTrust(certificate, store);
      if (imported === 'expired') throw new Refused(400, 'The certificate has expired');
      if (imported === 'key-too-short') throw new Refused(400, unreadable);
    }
  }
  return { status: 201, body: { message: 'Certificates uploaded' } };
};

const uploadIdentity: Handler = async (machine, { request }) => {
  const asked = await bodyAs(IdentityUpload, request);
  const unit = unitOf(machine, asked.service);
  const [leaf] = asked.certificates.map(read);
  if (leaf === undefined) throw new Refused(400, unreadable);
  const imported = machine.importOwn(leaf, unit);
  if (imported !== 'stored') throw new Refused(400, ownRefusal(unit.name, machine.type, imported));
  return { status: 201, body: { message: `Certificate uploaded. Restart the services related to ${unit.name}.` } };
};

const listTrust: Handler = (machine, asked) => {
  const store = machine.units.store(storeNameOf(machine, serviceAsked(asked)));
  const certificates = store?.certificates.map((certificate) => ({ certificate: certificate.toString() })) ?? [];
  return Promise.resolve({ status: 200, body: { certificates } });
};

const showIdentity: Handler = async (machine, asked) => {
  const unit = unitOf(machine, serviceAsked(asked));
  const { certificate } = await unit.identity();
  return { status: 200, body: { certificates: [{ service: unit.name, certificate: certificate.toString() }] } };
};

/** Verbs and paths that public clients use. What `options` and the lists answer is inferred beyond what those read. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET /snapshot/server': snapshot,
  'GET /options': options,
  'POST /csr': generateRequest,
  'GET /trust/certificate': listTrust,
  'POST /trust/certificates': uploadTrust,
  'GET /identity/certificate': showIdentity,
  'GET /identity/certificates': showIdentity,
  'POST /identity/certificates': uploadIdentity,
};

async function replyTo(machine: VosMachine, asked: Asked): Promise<Reply> {
  const { request, url } = asked;
  const handler = handlers[`${request.method ?? ''} ${url.pathname.slice(prefix.length)}`];
  if (!url.pathname.startsWith(prefix) || handler === undefined) return { status: 404, body: { message: 'Not found' } };
  try {
    return await handler(machine, asked);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, body: { message: error.message } };
  }
}

/** Certificate Management REST API: HTTP Basic with the operating system administrator, JSON. */
export function apiOf(machine: VosMachine): (asked: Asked) => Promise<void> {
  return async (asked) => {
    const { request, response } = asked;
    const send = ({ status, body }: Reply): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (!hasApi(machine.type, machine.release)) {
      send({ status: 404, body: { message: 'Not found' } });
      return;
    }
    const who = basicOf(request);
    if (who === null || machine.signIn.check(who.user, who.password) !== 'accepted') {
      response.setHeader('www-authenticate', 'Basic realm="CMPlatform Realm"');
      send({ status: 401, body: { message: 'Unauthorized' } });
      return;
    }
    send(await replyTo(machine, asked));
  };
}
