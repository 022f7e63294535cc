import { requestToPem } from '#model/pem.ts';
import { unexpectedAnswer, type BasicAccess } from '../basic-https.ts';
import type { HttpLimits } from '../verified-https.ts';
import { askWindows } from '../windows-https.ts';
import { adcsTexts } from './adcs-texts.ts';
import type { Answer, CertificationAuthority } from './authority.ts';

/** The web enrolment pages of Active Directory Certificate Services, as people and public clients use them. */
export interface AdcsAccess extends BasicAccess {
  /** Path of the pages, usually `/certsrv`. */
  readonly folder: string;
  readonly template: string;
}

/** Asks a Windows authority by its web enrolment pages. */
export function adcsAuthority(access: AdcsAccess, limits: HttpLimits): CertificationAuthority {
  const { folder, template } = access;
  const page = async (path: string, form?: Readonly<Record<string, string>>): Promise<Buffer> =>
    askWindows(access, { path: `${folder}${path}`, accept: '*/*', ...(form === undefined ? {} : { form }) }, limits);

  async function handIn(der: Buffer): Promise<string> {
    const text = (
      await page('/certfnsh.asp', {
        Mode: 'newreq',
        CertRequest: requestToPem(der),
        CertAttrib: `CertificateTemplate:${template}\r\n`,
        FriendlyType: 'Saved-Request Certificate',
        TargetStoreFlags: '0',
        SaveCert: 'yes',
      })
    ).toString('utf8');
    const denied = adcsTexts.denied.exec(text)?.[1];
    if (denied !== undefined) throw unexpectedAnswer(`the request with template ${template}`, `denied: ${denied}`);
    const number = (adcsTexts.issued.exec(text) ?? adcsTexts.pending.exec(text))?.[1];
    if (number === undefined) throw unexpectedAnswer('the request', text.replace(/<[^>]*>|\s+/g, ' ').trim());
    return number;
  }

  async function fetchReply(number: string): Promise<Answer> {
    const file = await page(`/certnew.cer?ReqID=${number}&Enc=b64`);
    if (file.includes('-----BEGIN CERTIFICATE-----')) return { status: 'answered', file };
    const why = adcsTexts.notIssued.exec(file.toString('utf8'))?.[1]?.trim() ?? 'it gave no certificate';
    if (!adcsTexts.takenUnderSubmission.test(why)) throw unexpectedAnswer(`request ${number}`, why);
    const awaits = `Waiting until an administrator of ${access.serverName} issues request ${number}`;
    return { status: 'waiting', ticket: number, awaits };
  }

  return {
    ask: async ({ der, ticket }) => fetchReply(ticket ?? (await handIn(der))),
    reach: async () => {
      await page('/');
    },
  };
}
