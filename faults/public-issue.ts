import { publicPolicies } from '#products/public-authorities.ts';
import { isReadable, type Certificate } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { ClientTrust, Presented } from './define-fault.ts';

/** By what a certificate counts as issued by a public authority. */
export type PublicIssue =
  { readonly by: 'anchor'; readonly client: ClientTrust } | { readonly by: 'policy'; readonly oid: string };

/** Whether the certificate comes from a public authority: its path ends in an anchor marked public, or it says so itself. */
export function publicIssue({ endEntity, list }: Presented, clients: readonly ClientTrust[]): PublicIssue | null {
  const sent = list.filter(isReadable);
  const client = clients.find(
    ({ isPublic, anchors }) => isPublic && buildPath(endEntity, sent, anchors).status === 'anchored',
  );
  if (client !== undefined) return { by: 'anchor', client };
  const oid = publicPolicyOf(endEntity);
  return oid === null ? null : { by: 'policy', oid };
}

function publicPolicyOf({ policies }: Certificate): string | null {
  return policies.find((policy) => publicPolicies.includes(policy)) ?? null;
}

/** The reason in words. */
export function publicIssueTitle(issue: PublicIssue): string {
  return issue.by === 'anchor'
    ? `its path ends in an anchor of ${issue.client.id}, which the inventory marks public`
    : `it asserts the policy ${issue.oid} of the CA/Browser Forum`;
}
