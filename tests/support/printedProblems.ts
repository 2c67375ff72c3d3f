/** What the CLI prints of the guard at the end, sorted, without what all of it shares. */
export function printedProblems(output: string): readonly string[] {
  const start = "error: kops-karpenter:index:ClusterGuard resource '";
  const lines = output.slice(output.indexOf("Diagnostics:")).split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(line.indexOf(" has a problem: ") + " has a problem: ".length))
    .map((line) => line.replace(/; see the how-to "Safe change"$/, ""))
    .sort();
}
