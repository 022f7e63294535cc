/** A Windows service: the name that sc takes, and the one that people read. */
export interface ServiceNames {
  /** As the product data spells it. */
  readonly service: string;
  readonly key: string;
  readonly display: string;
}

const known: readonly ServiceNames[] = [
  { service: 'World Wide Web Publishing Service', key: 'W3SVC', display: 'World Wide Web Publishing Service' },
  { service: 'DiagFwSvc', key: 'DiagFwSvc', display: 'Cisco ICM Diagnostic Framework' }, // inferred: the display name
  { service: 'Apache Tomcat', key: 'Tomcat9', display: 'Apache Tomcat 9.0 Tomcat9' }, // inferred: the key
  { service: 'Cisco CVP WebServicesManager', key: 'WebServicesManager', display: 'Cisco CVP WebServicesManager' },
  { service: 'Cisco CVP CallServer', key: 'CallServer', display: 'Cisco CVP CallServer' }, // inferred: the key
  { service: 'Cisco CVP VXMLServer', key: 'VXMLServer', display: 'Cisco CVP VXMLServer' },
  { service: 'Cisco CVP OPSConsoleServer', key: 'OPSConsoleServer', display: 'Cisco CVP OPSConsoleServer' },
  { service: 'Peripheral Gateway', key: 'Cisco ICM ucce PG1', display: 'Cisco ICM ucce PG1' }, // inferred, likewise
  { service: 'CTI Server', key: 'Cisco ICM ucce CG1', display: 'Cisco ICM ucce CG1' }, // inferred: instance ucce, CG1
];

/** The names of a service. One that no document gives another name has one. */
export function namesOfService(service: string): ServiceNames {
  return known.find((names) => names.service === service) ?? { service, key: service, display: service };
}
