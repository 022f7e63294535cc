/** How a release behaves where releases, or Cisco's documents, differ. */
export interface Manners {
  /** `set cert regen` warns and asks first: newer releases do, older ones do not. */
  regenerationAsks: boolean;
  /** `set cert regen tomcat` asks about tomcat-client: the CUCM family from 15SU5. */
  tomcatClientAsked: boolean;
  /** `set csr gen` asks whether to write the organisational unit: newer releases do. */
  requestAsksForUnit: boolean;
  /**
   * Trust certificates uploaded on one node appear on the others: where the product's newest guide says so, on every
   * product, or nowhere. Cisco's documents contradict each other about UCCX.
   */
  trustReplicates: 'as documented' | 'everywhere' | 'nowhere';
  /** How long a service takes to restart. */
  restartMilliseconds: number;
  /** How long a machine takes to come back after `utils system restart`. */
  rebootMilliseconds: number;
}

export const usualManners: Manners = {
  regenerationAsks: true,
  tomcatClientAsked: false,
  requestAsksForUnit: false,
  trustReplicates: 'as documented',
  restartMilliseconds: 150,
  rebootMilliseconds: 400,
};
