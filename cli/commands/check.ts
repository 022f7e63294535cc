import type { CommandModule } from 'yargs';
import type { CheckArguments } from '../arguments.ts';
import { withAt, withRunOptions } from '../options.ts';

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <file..>',
  describe: 'Judge certificate files, requests and key stores before they are uploaded; asks nobody unless told to',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('file', {
        type: 'string',
        array: true,
        demandOption: true,
        describe:
          'PEM, DER, PKCS #7, PKCS #10, PKCS #12, JKS or JCEKS, told apart by content; a folder stands for its files',
      })
      .option('for', {
        type: 'string',
        requiresArg: true,
        describe: 'Machine of the inventory that they are meant for',
      })
      .option('inventory', { type: 'string', requiresArg: true, describe: 'Inventory that --for is looked up in' })
      .option('machine-type', {
        type: 'string',
        requiresArg: true,
        describe: 'What the machine is, instead of --for; TLS_SERVER unless said',
      })
      .option('release', { type: 'string', requiresArg: true, describe: 'Release of the machine, 12.5(1)SU3' })
      .option('unit', {
        type: 'string',
        requiresArg: true,
        describe: 'Identity or trust store of the product that they are meant for: tomcat, tomcat-trust',
      })
      .option('name', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Name that the certificate must be for; the name of --for unless said',
      })
      .option('request', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Certification request that the certificates answer',
      })
      .option('intermediates', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'File of issuers to build paths with',
      })
      .option('anchors', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'File of trust anchors to judge by',
      })
      .option('store', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: "File with what the machine's trust store holds: PEM, or its key store",
      })
      .option('password-file', {
        type: 'string',
        requiresArg: true,
        describe: 'File whose first line is the password of the key stores; else UCCERT_STORE_PASSWORD',
      })
      .option('live', {
        type: 'boolean',
        default: false,
        describe: 'Ask the machine of --for which requests wait on it, and what it trusts; changes nothing',
      })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'Ask nobody: take from this run of uccert trust what the machine of --for holds',
      })
      .example('$0 check reply.pem --for uccx1 --unit tomcat --live', 'Whether the machine will take the reply')
      .example(
        '$0 check tomcat.pem root.pem --machine-type UCCX_PUBLISHER --unit tomcat --request tomcat.csr',
        'What OS Administration will say',
      )
      .example('$0 check certificates/ --at 2027-03-15', 'A folder, judged as of a day to come')
      .example('$0 check .keystore --machine-type CVP --password-file password.txt', 'The key store of CVP'),
  handler: async (wanted) => {
    const { runCheck } = await import('../run-check.ts');
    process.exitCode = await runCheck(wanted);
  },
};
