import type { World } from "./world";
export async function describeAws(_world: World): Promise<unknown> { return {}; }
