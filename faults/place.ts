import type { Observation } from '#model/observation.ts';

/** One text for each place. */
export function placeKey(place: Observation['place']): string {
  switch (place.at) {
    case 'endpoint':
      return `${place.machine}:${String(place.port)} ${place.address ?? ''} ${place.serverName ?? ''}`;
    case 'store':
      return `${place.store} of ${place.machine}`;
    case 'page':
      return `${place.page} at ${place.machine}:${String(place.port)} as ${place.client}`;
    case 'file':
      return place.path;
    case 'name':
      return `${place.name} of ${place.machine}`;
  }
}

/** Where something was looked for, in words. */
export function placeTitle(place: Observation['place']): string {
  return place.at === 'endpoint' ? `${place.machine}:${String(place.port)}` : placeKey(place);
}
