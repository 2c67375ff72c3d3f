import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ec2, SeenVolume, VolumeTag } from "./cloud";
import type { Machine } from "./machine";

const PAUSE = 250;

/** A volume with its folder, whose content stays when the machine that it is attached to goes. */
export interface Volume extends SeenVolume {
  readonly folder: string;
}

/** The volumes that machines attach to themselves. One is attached to one machine at a time, as on AWS. */
export class Volumes {
  private readonly attached = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly ec2: Ec2,
  ) {}

  /** Attaches a free volume of the machine's zone with these tags; waits for one while another machine has it. */
  async attach(machine: Machine, tags: readonly VolumeTag[], isOff: () => boolean): Promise<Volume> {
    let waits = false;
    for (;;) {
      const all = await this.ec2.volumes(tags, machine.facts.zone);
      const what = tags.map(({ name }) => name).join(", ");
      if (all.length === 0) throw new Error(`no volume with the tags ${what} in ${machine.facts.zone}`);
      if (isOff()) throw new Error("switched off while waiting for a volume");
      const free = all.find(({ id }) => !this.attached.has(id));
      if (free !== undefined) {
        this.attached.set(free.id, machine.id);
        machine.say(`attached volume ${free.id}`);
        return this.at(free);
      }
      if (!waits)
        machine.say(
          `waiting for a volume: ${all.map(({ id }) => `${id} is attached to ${this.attached.get(id) ?? ""}`).join(", ")}`,
        );
      waits = true;
      await sleep(PAUSE);
    }
  }

  /** The volumes of all zones with these tags. */
  async list(tags: readonly VolumeTag[]): Promise<Volume[]> {
    return (await this.ec2.volumes(tags)).map((each) => this.at(each));
  }

  /** The machine is off: nothing of it writes to its volumes any more. */
  detachAll(machine: Machine): void {
    for (const [volume, holder] of this.attached) if (holder === machine.id) this.attached.delete(volume);
  }

  removeAll(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private at(volume: SeenVolume): Volume {
    return { ...volume, folder: path.join(this.folder, volume.id) };
  }
}
