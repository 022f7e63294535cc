import 'reflect-metadata';
import { X509Certificate as Certificate } from '@peculiar/x509';
import type { X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { messageOf } from '#model/errors.ts';
import type { Host, Surroundings } from './application.ts';

/** What came of a call from machine to machine. */
export type Reply =
  | { readonly came: 'answer'; readonly status: number; readonly body: string }
  | { readonly came: 'no trust'; readonly because: string }
  | { readonly came: 'no connection'; readonly because: string };

export interface Call {
  readonly to: string;
  readonly port: number;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Refuses a certificate that `mayBeCritical` does not allow, as UCCX does with that of CUCM. */
  readonly strict?: boolean;
}

/** KeyUsage and BasicConstraints: UCCX takes no other critical extension from CUCM (technote 118855, CSCvd56174). */
const mayBeCritical = ['2.5.29.15', '2.5.29.19'];

const deadlineMs = 3000;

/**
 * One HTTPS request from a machine to another, judged by the store of the one that asks, as Java's PKIX does: every
 * entry is an anchor. Whether the name is compared is not documented for these links; it is not (inferred).
 */
export async function callOut(host: Host, { placeOf }: Surroundings, call: Call): Promise<Reply> {
  const place = placeOf(call.to, call.port);
  if (place === null) return { came: 'no connection', because: `${call.to} is not known` };
  return new Promise((resolve) => {
    let stage: 'connecting' | 'judging' | 'asking' = 'connecting';
    const request = httpsRequest(
      {
        host: place.address,
        port: place.port,
        servername: call.to,
        path: call.path,
        method: call.method ?? 'GET',
        headers: { host: call.to, ...call.headers },
        agent: false,
        timeout: deadlineMs,
        ca: host.trusted.map(String),
        allowPartialTrustChain: true,
        checkServerIdentity: () => undefined,
      },
      (response) => {
        text(response).then(
          (body) => resolve({ came: 'answer', status: response.statusCode ?? 0, body }),
          (error: unknown) => resolve({ came: 'no connection', because: messageOf(error) }),
        );
      },
    );
    request.on('socket', (socket) => {
      socket.on('connect', () => (stage = 'judging'));
      socket.on('secureConnect', () => {
        const odd = call.strict === true ? oddExtension(peerOf(socket)) : undefined;
        if (odd === undefined) stage = 'asking';
        else request.destroy(new Error(`critical extension ${odd} is not recognised`));
      });
    });
    request.on('timeout', () => {
      resolve({ came: 'no connection', because: 'no answer in time' });
      request.destroy();
    });
    request.on('error', ({ message, code }: NodeJS.ErrnoException) => {
      const isJudged = stage === 'judging' && code !== 'ECONNRESET';
      resolve({ came: isJudged ? 'no trust' : 'no connection', because: message });
    });
    request.end(call.body);
  });
}

function peerOf(socket: Socket): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
}

function oddExtension(certificate: X509Certificate | undefined): string | undefined {
  if (certificate === undefined) return undefined;
  const { extensions } = new Certificate(certificate.raw);
  return extensions.find(({ critical, type }) => critical && !mayBeCritical.includes(type))?.type;
}
