/** Entry of the command kops-karpenter. The plugin loads none of this. */
import { runCommand } from "./command";

void runCommand(process.argv.slice(2), {
  environment: process.env,
  // The client takes a while to load, and a wrong argument is said at once.
  store: async () => (await import("./store/client.js")).storeClient(process.env),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});
