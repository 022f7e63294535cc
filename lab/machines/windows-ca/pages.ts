import { Html, html } from '../html.ts';
import { fieldOf } from '../request-body.ts';
import { shown, type Answer, type Visit } from './answer.ts';
import type { Submission } from './certification-authority.ts';
import { notIssued } from './files.ts';
import type { Template } from './templates.ts';

export function welcome(): Answer {
  return shown(
    html`<h1>Welcome</h1>
      <p>Certificates for browsers, servers and other programs: ask for one, or fetch one that was asked for before.</p>
      <h2>Select a task:</h2>
      <ul>
        <li><a href="certrqus.asp">Request a certificate</a></li>
        <li><a href="certckpn.asp">View the status of a pending certificate request</a></li>
        <li><a href="certcarc.asp">Download a CA certificate, certificate chain, or CRL</a></li>
      </ul>`,
  );
}

export function requestKind(): Answer {
  return shown(
    html`<h1>Request a Certificate</h1>
      <p>Submit an <a href="certrqad.asp">advanced certificate request</a>.</p>`,
  );
}

export function advanced(): Answer {
  return shown(
    html`<h1>Advanced Certificate Request</h1>
      <ul>
        <li>
          <a href="certrqxt.asp"
            >Submit a certificate request by using a base-64-encoded CMC or PKCS #10 file, or submit a renewal request
            by using a base-64-encoded PKCS #7 file.</a
          >
        </li>
      </ul>`,
  );
}

/** The page fills the form that is sent from what people typed, as the real one does: clients send that form alone. */
const fillIn = html`<script>
  document.UIForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = document.SubmittedData;
    data.CertRequest.value = document.getElementById('locTaRequest').value;
    data.CertAttrib.value =
      'CertificateTemplate:' + document.getElementById('lbCertTemplateID').value.split(';')[1] + '\\r\\n';
    data.submit();
  });
</script>`;

/** Not a template of HTML: clients search for `Option Value="E;` as it stands. */
function optionOf({ name, title }: Template): Html {
  return new Html(`<Option Value="E;${name};1;0;0;1;0;0;0">${title}</Option>`);
}

export function requestForm({ ca }: Visit): Answer {
  const options = ca.templates.map(optionOf);
  return shown(
    html`<h1>Submit a Certificate Request or Renewal Request</h1>
      <p>
        To submit a saved request to the CA, paste a base-64-encoded CMC or PKCS #10 certificate request or PKCS #7
        renewal request into the box.
      </p>
      <form name="UIForm">
        <label for="locTaRequest">Base-64-encoded certificate request (CMC or PKCS #10 or PKCS #7):</label>
        <textarea id="locTaRequest" name="taRequest" spellcheck="false" required></textarea>
        <label for="lbCertTemplateID">Certificate Template:</label
        ><select name="lbCertTemplate" id="lbCertTemplateID">
          ${options}
        </select>
        <button id="btnSubmit">Submit &gt;</button>
      </form>
      <form name="SubmittedData" action="certfnsh.asp" method="post">
        <input type="hidden" name="Mode" value="newreq" /><input type="hidden" name="CertRequest" /><input
          type="hidden"
          name="CertAttrib"
        />
        <input type="hidden" name="FriendlyType" value="Saved-Request Certificate" /><input
          type="hidden"
          name="TargetStoreFlags"
          value="0"
        /><input type="hidden" name="SaveCert" value="yes" />
      </form>
      ${fillIn}`,
  );
}

/** Downloads in the encoding that is ticked. Not a template of HTML: clients search for `location="` as it stands. */
function downloads(id: number): Html {
  return new Html(`<script>
const encoding = () => document.getElementById('rbB64Enc').checked ? 'b64' : 'bin';
function getCert() { location="certnew.cer?ReqID=${id}&Enc=" + encoding(); }
function getChain() { location="certnew.p7b?ReqID=${id}&Enc=" + encoding(); }
document.getElementById('locDownloadCert3').onclick = (event) => { event.preventDefault(); getCert(); };
document.getElementById('locDownloadCert4').onclick = (event) => { event.preventDefault(); getChain(); };
</script>`);
}

function issuedPage(id: number): Answer {
  return shown(
    html`<h1 id="locPageTitle">Certificate Issued</h1>
      <p>The certificate you requested was issued to you.</p>
      <p>
        <input type="radio" name="rbEncoding" id="rbDerEnc" value="bin" checked /><label class="choice" for="rbDerEnc"
          >DER encoded</label
        >
        <input type="radio" name="rbEncoding" id="rbB64Enc" value="b64" /><label class="choice" for="rbB64Enc"
          >Base 64 encoded</label
        >
      </p>
      <ul>
        <li><a id="locDownloadCert3" href="#">Download certificate</a></li>
        <li><a id="locDownloadCert4" href="#">Download certificate chain</a></li>
      </ul>
      ${downloads(id)}`,
  );
}

function pendingPage(id: number): Answer {
  return shown(
    html`<h1 id="locPageTitle">Certificate Pending</h1>
      <p>
        Your certificate request has been received. However, you must wait for an administrator to issue the certificate
        you requested.
      </p>
      <p>Your Request Id is ${id}.</p>
      <p>Please return to this web site in a day or two to retrieve your certificate.</p>`,
  );
}

function deniedPage(id: number, message: string): Answer {
  // The quotes stand as they are: clients look for them.
  return shown(
    html`<h1 id="locPageTitle">Certificate Request Denied</h1>
      <p>Your certificate request was denied.</p>
      <p class="why">Your Request Id is ${id}. The disposition message is "${message}"</p>
      <p>Contact your administrator for further information.</p>`,
  );
}

function resultPage(submission: Submission): Answer {
  if (submission.state === 'issued') return issuedPage(submission.id);
  return submission.state === 'pending' ? pendingPage(submission.id) : deniedPage(submission.id, submission.message);
}

export async function finish({ ca, form }: Visit): Promise<Answer> {
  if (fieldOf(form, 'Mode') === 'newreq') {
    return resultPage(await ca.submit(fieldOf(form, 'CertRequest'), fieldOf(form, 'CertAttrib')));
  }
  // inferred: how the page of a pending request asks again
  const found = ca.submissions.find(({ id }) => String(id) === fieldOf(form, 'ReqID'));
  return found === undefined ? notIssued('The request does not exist') : resultPage(found);
}

export function pendingList({ ca }: Visit): Answer {
  const waiting = ca.submissions.map(
    ({ id }) =>
      html`<li>
        <form method="post" action="certfnsh.asp">
          <input type="hidden" name="Mode" value="chkpnd" /><input type="hidden" name="ReqID" value="${id}" /><button>
            Saved-Request Certificate, Request Id ${id}
          </button>
        </form>
      </li>`,
  );
  return shown(
    html`<h1>View the Status of a Pending Certificate Request</h1>
      ${
        waiting.length === 0
          ? html`<p>You have no pending certificate requests.</p>`
          : html`<ul>
              ${waiting}
            </ul>`
      }`,
  );
}

/** How often the CA's own certificate was renewed, as clients read it. */
const renewals = new Html('<script>var nRenewals=0;</script>');

export function authorityPage(): Answer {
  const link = (file: string, encoding: string, title: string): Html =>
    html`<li><a href="${file}?ReqID=CACert&Renewal=0&Enc=${encoding}">${title}</a></li>`;
  return shown(
    html`<h1>Download a CA Certificate, Certificate Chain, or CRL</h1>
      ${renewals}
      <ul>
        ${link('certnew.cer', 'bin', 'Download CA certificate (DER)')}${link('certnew.cer', 'b64', 'Download CA certificate (Base 64)')}
        ${link('certnew.p7b', 'bin', 'Download CA certificate chain (DER)')}${link('certnew.p7b', 'b64', 'Download CA certificate chain (Base 64)')}
      </ul>`,
  );
}
