import type { Source } from '#model/source.ts';

const guides = 'https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cust_contact/contact_center';
const technotes = 'https://www.cisco.com/c/en/us/support/docs';
const read = '2026-11-22';

type Confidence = Source['confidence'];
const document =
  (title: string, url: string) =>
  (section: string, confidence: Confidence = 'documented'): Source => ({
    document: title,
    section,
    url,
    confidence,
    read,
  });

/** A document of whose address only the beginning is known: the link leads to the folder that it stands in, and the title says so. */
const folder = (title: string, url: string): ReturnType<typeof document> =>
  document(`${title} (the link is the folder it stands in)`, url);

/** The Cisco documents that claims come from, one function each: call it with the section, and with a weaker confidence where one is due. */
export const cisco = {
  uccxCertificates: document(
    'UCCX Solution Certificate Management Guide (118855)',
    `${technotes}/customer-collaboration/unified-contact-center-express/118855-configure-uccx-00.html`,
  ),
  uccxEcdsa: document(
    'Understand ECDSA Certificates in a UCCX Solution (210528)',
    `${technotes}/customer-collaboration/unified-contact-center-express/210528-Understand-ECDSA-certificates-in-an-UCCX.html`,
  ),
  uccxPorts: document(
    'Port Utilization Guide for Cisco Unified Contact Center Express, Release 15.0',
    `${guides}/crs/express_15_0/configuration/guide/uccx_b_1501_port-utilization-guide/rcct_m_1251su2port-utilization-in-uccx.html`,
  ),
  ccpPorts: document(
    'Port Utilization Guide for Cisco Unified Contact Center Express, Release 15.0, Customer Collaboration Platform',
    `${guides}/crs/express_15_0/configuration/guide/uccx_b_1501_port-utilization-guide/rcct_m_1251su2port-utilization-in-customer-collaboration-platform.html`,
  ),
  uccxFinesse: document(
    'Cisco Unified CCX Administration and Operations Guide, Release 15.0, Cisco Finesse',
    `${guides}/crs/express_15_0/maintain_and_operate/guide/uccx_b_1501_admin-and-operations-guide/uccx_m_1501_cisco-finesse.html`,
  ),
  uccxCli: document(
    'Cisco Unified CCX Administration and Operations Guide, Release 15.0, Command Line Interface',
    `${guides}/crs/express_15_0/maintain_and_operate/guide/uccx_b_1501_admin-and-operations-guide/uccx_m_1501_command-line-interface.html`,
  ),
  uccxSubsystems: document(
    'Cisco Unified CCX Administration and Operations Guide, Release 15.0, Subsystems Menu',
    `${guides}/crs/express_15_0/maintain_and_operate/guide/uccx_b_1501_admin-and-operations-guide/uccx_m_1501_subsystems-menu.html`,
  ),
  uccxSecurity: document(
    'Cisco Unified CCX Solution Design Guide, Release 15.0, Solution Security',
    `${guides}/crs/express_15_0/design/guide/uccx_b_1501_solution-design-guide/uccx_m_1501_solution-security.html`,
  ),
  uccxPostInstallation: document(
    'Cisco Unified CCX Install and Upgrade Guide, Release 15.0, Postinstallation Tasks',
    `${guides}/crs/express_15_0/install/guide/uccx_b_150_install-and-upgrade-guide/uccx_m_150_postinstallation-tasks.html`,
  ),
  uccxOperatingSystem: document(
    'Cisco Unified CCX Operating System Administration Guide, Release 12.5(1)SU3, Security',
    `${guides}/crs/express_12_5/maintain_and_operate/guide/uccx_b_unified-ccx-operating-system-1251su3/uccx_m_1251su3_security.html`,
  ),
  cceSecurity: document(
    'Security Guide for Cisco Unified ICM/Contact Center Enterprise, Release 15.0, Certificate Management for Secured Connections',
    `${guides}/icm_enterprise/icm_enterprise_15_0_1/configuration/guide/ucce_b_security-guide-for-cisco-unified-icm-contact-center-enterprise-release-15-0/certificate_management_for_secured_connections.html`,
  ),
  finesseSecurity: document(
    'Cisco Finesse Administration Guide, Release 15.0(1), Manage Security',
    `${guides}/finesse/finesse_1501/admin/guide/cfin_b_150_cisco-finesse-administration-guide/cfin_m_150_manage-security.html`,
  ),
  finesseGettingStarted: document(
    'Cisco Finesse Administration Guide, Release 15.0(1), Getting Started',
    `${guides}/finesse/finesse_1501/admin/guide/cfin_b_150_cisco-finesse-administration-guide/cfin_m_150_getting-started.html`,
  ),
  cucmCaSigned: document(
    'Regeneration of CUCM CA-Signed Certificates (217138)',
    `${technotes}/unified-communications/unified-communications-manager-callmanager/217138-regeneration-of-cucm-ca-signed-certifica.html`,
  ),
  cucmReplication: document(
    'CUCM Certificate Management and Change Notification (210541)',
    `${technotes}/unified-communications/unified-communications-manager-callmanager/210541-CUCM-Certificate-Management-and-Change-N.html`,
  ),
  cucmCli: document(
    'Command Line Interface Guide for Cisco Unified Communications Solutions, Release 15, Set Commands',
    'https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cucm/cli_ref/15/cucm_b_cli_reference_guide_release_15/cucm_b_cli_reference_guide_release_15_chapter_0110.html',
  ),
  cucmLeastTls: document(
    'Prime Collaboration Deployment Administration Guide, Release 14 and SUs, CLI Commands and Disaster Recovery System',
    'https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cucm/pcdadmin/14/cucm_b_pcd-admin-guide-1401/cucm_b_pcd-admin-guide-1401_chapter_0110.html',
  ),
  cucmTlsSetup: document(
    'System Configuration Guide for Cisco Unified Communications Manager, Release 15 and SUs, Configure Basic Security',
    'https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cucm/admin/15/systemConfig/cucm_b_system-configuration-guide-15/cucm_b_system-configuration-guide-14_chapter_0101.html',
  ),
  uccx125Preface: document(
    'Cisco Unified CCX Administration and Operations Guide, Release 12.5(1), Preface',
    `${guides}/crs/express_12_5/maintain_and_operate/guide/uccx_b_uccx-125admin-and-operations-guide/uccx_b_uccx-125admin-and-operations-guide_preface_011110.html`,
  ),
  cceInstallCli125: document(
    'Installation and Upgrade Guide for Cisco Unified Contact Center Enterprise, Release 12.5(1), CLI Commands during Installation and Upgrade',
    `${guides}/icm_enterprise/icm_enterprise_12_5_1/installation/guide/ucce_b_12_5_Install_upgrade_guide_ucce/ucce_b_cisco-unified-contact-center-enterprise12_5_appendix_01101.html`,
  ),
  cuicCli: document(
    'Administration Console User Guide for Cisco Unified Intelligence Center, Release 12.6(2), Command Line Interface',
    `${guides}/intelligence_suite/intelligence_suite_1262/maintain_and_operate/guide/cuic_b_1262-admin-console-user-guide/cuic_m_1261-command-line-interface.html`,
  ),
  finesseCommands: document(
    'Cisco Finesse Administration Guide, Release 12.6(2), Supported Cisco Unified Communications OS Services',
    `${guides}/finesse/finesse_1262/admin/guide/cfin_b_1262_cisco-finesse-administration-guide/cfin_m_1261-supported-cisco-unified-communications-os.html`,
  ),
  finessePorts: document(
    'Port Utilization in Finesse for Unified CCE, Release 12.5(1)',
    `${guides}/icm_enterprise/icm_enterprise_12_5_1/configuration/guide/html/index/Port-Utilization-in-Finesse-for-Unified-CCE-for-Release-12-5-1.html`,
  ),
  finessePorts116: document(
    'Port Utilization Guide for Cisco Unified Contact Center Solutions, Release 11.6(1), Finesse',
    `${guides}/icm_enterprise/icm_enterprise_11_6_1/Configuration/Guide/rcct_b_port-utilization-guide-ucc-solutions/rcct_b_port-utilization-guide-ucc-solutions_chapter_0100.html`,
  ),
  mediasensePorts: document(
    'Port Utilization Guide for Cisco Unified Contact Center Enterprise, Release 12.0(1), Port Utilization in MediaSense',
    `${guides}/icm_enterprise/icm_enterprise_12_0_1/Configuration/Guide/rcct_b_1201-port-utilization-guide-cce/rcct_b_1201-port-utilization-guide-cce_chapter_0110.html`,
  ),
  mediasenseAdministration: document(
    'Cisco MediaSense User Guide, Release 10.0(1), Administer and Configure MediaSense',
    'https://www.cisco.com/en/US/docs/voice_ip_comm/cust_contact/contact_center/mediasense/10/user_guide/CUMS_BK_MCD100EE_00_ms-user-guide-10_chapter_011.html',
  ),
  ccePorts125: folder(
    'Port Utilization Guide for Cisco Unified Contact Center Enterprise, Release 12.5(1)',
    `${guides}/icm_enterprise/icm_enterprise_12_5_1/configuration/guide/`,
  ),
  ccePorts1261: folder(
    'Port Utilization Guide for Cisco Unified Contact Center Enterprise, Release 12.6(1)',
    `${guides}/icm_enterprise/icm_enterprise_12_6_1/configuration/guide/`,
  ),
  ccePorts1262: folder(
    'Port Utilization Guide for Cisco Unified Contact Center Enterprise, Release 12.6(2)',
    `${guides}/icm_enterprise/icm_enterprise_12_6_2/configuration/guide/`,
  ),
  ccePorts: folder(
    'Port Utilization Guide for Cisco Unified Contact Center Enterprise, Release 15.0',
    `${guides}/icm_enterprise/icm_enterprise_15_0_1/configuration/guide/`,
  ),
  cceSecurity1261: document(
    'Security Guide for Cisco Unified ICM/Contact Center Enterprise, Release 12.6(1), Certificate Management for Secured Connections',
    `${guides}/icm_enterprise/icm_enterprise_12_6_1/configuration/guide/ucce_b_security-guide_12_6_1/ucce_b_security-guide_12_6_1_chapter_01000.html`,
  ),
  cceServiceability: document(
    'Serviceability Guide for Cisco Unified ICM/Contact Center Enterprise, Release 15.0, Diagnostic Tools',
    `${guides}/icm_enterprise/icm_enterprise_15_0_1/configuration/guide/ucce_b_serviceability-guide-for-cisco-unified-icm-contact-center-enterprise-release-15-0/diagnostic_tools.html`,
  ),
  cceInstall: document(
    'Cisco Unified Contact Center Enterprise Installation and Upgrade Guide, Release 15.0, Common Upgrade Tasks',
    `${guides}/icm_enterprise/icm_enterprise_15_0_1/installation/guide/ucce_b_150_install_upgrade_guide/common_upgrade_tasks.html`,
  ),
  cceIis: document(
    'UCCE/PCCE: obtain and upload a certificate for IIS (200288)',
    `${technotes}/customer-collaboration/unified-contact-center-enterprise-1101/200288-UCCE-PCCE-Procedure-to-obtain-and-uplo.html`,
  ),
  pcceCertificates: folder(
    'Cisco Packaged Contact Center Enterprise Administration and Configuration Guide, Release 15.0, Security Certificates',
    `${guides}/pcce/pcce_15_0_1/`,
  ),
  pcceCertificates126: folder(
    'Cisco Packaged Contact Center Enterprise Administration and Configuration Guide, Release 12.6(2), Certificates',
    `${guides}/pcce/pcce_12_6_2/`,
  ),
  pcceCertificates125: folder(
    'Cisco Packaged Contact Center Enterprise Administration and Configuration Guide, Release 12.5(1), Certificates',
    `${guides}/pcce/pcce_12_5_1/`,
  ),
  cvpSecurity: folder(
    'Configuration Guide for Cisco Unified Customer Voice Portal, Release 15.0(1), Unified CVP Security',
    `${guides}/customer_voice_portal/15-0-1/`,
  ),
  cvpSecurity125: folder(
    'Configuration Guide for Cisco Unified Customer Voice Portal, Release 12.5(1), Unified CVP Security',
    `${guides}/customer_voice_portal/cvp_12_5/`,
  ),
  finesseCti: document(
    'Configure Secure Communication between Finesse and CTI Server (217188)',
    'https://cisco.com/c/en/us/support/docs/contact-center/finesse/217188-configure-secure-communication-between-f.html',
  ),
  finesseLiveData: document(
    'Cisco Finesse Administration Guide, Release 15.0(1), Certificates for Live Data',
    `${guides}/finesse/finesse_1501/admin/guide/cfin_b_150_cisco-finesse-administration-guide/cfin_m_150_certificates-for-live-data.html`,
  ),
  finesseIds: document(
    'Cisco Finesse Administration Guide, Release 15.0(1), Certificates for Cisco Identity Service',
    `${guides}/finesse/finesse_1501/admin/guide/cfin_b_150_cisco-finesse-administration-guide/cfin_m_150_certificates-for-cisco-identity-service.html`,
  ),
  vpnLess: folder(
    'VPN-Less Access to Finesse Desktop, reverse-proxy installer',
    `${guides}/finesse/finesse_1501/installation/guide/rcct_b_vpn-less-finesse/`,
  ),
  cuicCertificates: document(
    'Administration Console User Guide for Cisco Unified Intelligence Center, Release 15.0, Install Custom Certificates',
    `${guides}/intelligence_suite/intelligence_suite_150/maintain_and_operate/guide/cuic_b_150_admin-console-user-guide/install_custom_certtficates.html`,
  ),
  cuicUnknown: document(
    'CUIC Administration Displays Unknown Status (200849)',
    `${technotes}/customer-collaboration/unified-intelligence-center/200849-CUIC-Administration-Display-Unknown-St.html`,
  ),
  idsTroubleshooting: document(
    'AD FS/IdS Troubleshooting and Common Problems (200662)',
    `${technotes}/customer-collaboration/unified-contact-center-express/200662-ADFS-IdS-Troubleshooting-and-Common-Prob.html`,
  ),
  cucmKeyLengths: document(
    'Security Guide for Cisco Unified Communications Manager, Release 15 (as mirrored by a third party: the link is the mirror)',
    'https://mcdewey.supported.systems/',
  ),
  clientAuthNotice: document(
    'Field Notice FN74382: public CA certificates without client authentication',
    'https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74382.html',
  ),
  cucmClientAuthNotice: document(
    'Field Notice FN74345: public CA certificates without client authentication (CUCM family)',
    'https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74345.html',
  ),
  finesseNames: document(
    'SANs issue with a Third Party Signed Certificate for Finesse (200641)',
    `${technotes}/customer-collaboration/finesse/200641-SANs-issue-with-a-Third-Party-Signed-Cer.html`,
  ),
  unitySingleInbox: document(
    'Unity Connection Single Inbox (116001)',
    `${technotes}/unified-communications/unity-connection/116001-uc-singleinbox-00.html`,
  ),
  cvpSigned: document(
    'Configure CA-Signed Certificates on the CVP Servers (200774)',
    `${technotes}/customer-collaboration/unified-customer-voice-portal/200774-Configure-CA-Signed-Certificate-on-CVP-S.html`,
  ),
  diagnosticFramework: document(
    'Configure HTTPS Access for the UCCE Diagnostic Framework Portico (200755)',
    `${technotes}/customer-collaboration/unified-contact-center-enterprise/200755-Configure-HTTPS-Access-for-UCCE-Diagnost.html`,
  ),
} as const;

/** keytool of OpenJDK 17.0.15, tried by hand: what it says and does. */
export const keytoolTried = (section: string): Source => ({
  document: 'keytool, Java SE 17 Tool Specifications',
  section,
  url: 'https://docs.oracle.com/en/java/javase/17/docs/specs/man/keytool.html',
  confidence: 'tried',
  read,
});
