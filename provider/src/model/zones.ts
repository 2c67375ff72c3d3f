/** What an availability zone's name tells: its region, and the partition of that. */
import type { Partition } from "./cluster";

const zonePattern = /^([a-z]{2}(?:-[a-z]+)+-[0-9])([a-z])$/;

/** The region of an availability zone; undefined for anything else, local and wavelength zones included. */
export function regionOfZone(zone: string): string | undefined {
  return zonePattern.exec(zone)?.[1];
}

/** The partition of a region; undefined for the isolated ones, whose endpoints and principals differ. */
export function partitionOfRegion(region: string): Partition | undefined {
  if (region.startsWith("cn-")) {
    return "aws-cn";
  }
  if (region.startsWith("us-gov-")) {
    return "aws-us-gov";
  }
  return /^[a-z]{2}-iso/.test(region) ? undefined : "aws";
}
