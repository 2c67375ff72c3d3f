import { expect } from "chai";
import { bundling, withoutSecrets } from "../../../provider/src/components/plugin/debugLog";
import { secretSignature } from "../../../provider/src/resources/operation/operation";

describe("the debug log", () => {
  it("sends messages that wait for another in one call, in their order", async () => {
    const engine = new SlowEngine();
    const debug = bundling(engine.debug, () => engine);
    const first = [debug("a"), debug("b")];
    await engine.called(1);
    const second = [debug("c"), debug("d"), debug("e")];
    engine.answer();
    await engine.called(2);
    engine.answer();
    await Promise.all([...first, ...second]);
    expect(engine.calls).to.deep.equal(["a\nb", "c\nd\ne"]);
    const third = debug("f");
    await engine.called(3);
    engine.answer();
    await third;
    expect(engine.calls.at(-1)).to.equal("f");
  });

  it("keeps the messages of two engines apart", async () => {
    const engines = [new SlowEngine(), new SlowEngine()] as const;
    let current = engines[0];
    const debug = bundling(
      (message) => current.debug(message),
      () => current,
    );
    const sent = [debug("to the first")];
    await engines[0].called(1);
    current = engines[1];
    sent.push(debug("to the second"));
    await engines[1].called(1);
    for (const engine of engines) engine.answer();
    await Promise.all(sent);
    expect(engines.map(({ calls }) => calls)).to.deep.equal([["to the first"], ["to the second"]]);
  });

  it("writes no answer that holds a secret", () => {
    const answer = `finished: name; resp: {"key": "${secretSignature}", "value": "private"}`;
    expect(withoutSecrets(answer)).to.equal("finished: name; [a message with secrets, not shown]");
    expect(withoutSecrets(`${secretSignature} private`)).to.equal("[a message with secrets, not shown]");
    expect(withoutSecrets("resp: nothing secret")).to.equal("resp: nothing secret");
  });
});

/** Answers a call when it is told to. */
class SlowEngine {
  readonly calls: string[] = [];
  private readonly pending: (() => void)[] = [];

  readonly debug = (message: string): Promise<void> => {
    this.calls.push(message);
    return new Promise((resolve) => this.pending.push(resolve));
  };

  answer(): void {
    for (const resolve of this.pending.splice(0)) resolve();
  }

  async called(times: number): Promise<void> {
    while (this.calls.length < times) await new Promise(setImmediate);
  }
}
