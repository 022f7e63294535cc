import type { Program } from '../program.ts';
import { certreq } from './certreq.ts';
import { certutil } from './certutil.ts';
import { ciscoCertUtil } from './cisco-cert-util.ts';
import { decryptKeystoreUtil } from './decrypt-keystore-util.ts';
import { diagFwCertMgr } from './diag-fw-cert-mgr.ts';
import { copy, del, erase, findstr, more, move, ren, type } from './files.ts';
import { cd, chdir, dir, md, mkdir } from './folders.ts';
import { ifExist } from './if.ts';
import { iisreset } from './iisreset.ts';
import { keytool } from './keytool.ts';
import { net } from './net.ts';
import { netsh } from './netsh.ts';
import { powershell } from './powershell.ts';
import { reg } from './reg.ts';
import { sc } from './sc.ts';
import { cls, echo, exit, hostname, rem, set, ver, whoami } from './screen.ts';
import { serviceController } from './service-controller.ts';

/** Every program that the lab's Windows machines run. */
export const programs: readonly Program[] = [
  ...[cd, chdir, cls, copy, del, dir, echo, erase, exit, ifExist, md, mkdir, move, rem, ren, set, type, ver],
  ...[certreq, certutil, findstr, hostname, iisreset, more, net, netsh, powershell, reg, sc, whoami],
  ...[keytool, ciscoCertUtil, decryptKeystoreUtil, diagFwCertMgr, serviceController],
];
