/** What the agent's containers have in common. */

export const common = {
  imagePullPolicy: "IfNotPresent",
  terminationMessagePolicy: "FallbackToLogsOnError",
} as const;

export const seLinuxOptions = { level: "s0", type: "spc_t" } as const;
