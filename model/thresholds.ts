import type { Thresholds } from './inventory.ts';

/** Where nobody says otherwise. */
export const usualThresholds: Thresholds = { expiringDays: 30, expiringShare: 1 / 3 };
