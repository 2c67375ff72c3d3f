/** In-process use: the component as a class, for TypeScript programs that need no plugin. */
export { KopsKarpenterCluster } from "./components/cluster";
export type * from "./schema/inputs.gen";
