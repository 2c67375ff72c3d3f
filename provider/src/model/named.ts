/** The group, pool or etcd cluster that a resource or a file was planned for. */
export function named<Element extends { readonly name: string }>(list: readonly Element[], name: string): Element {
  const element = list.find((each) => each.name === name);
  if (element === undefined) throw new Error(`bug: nothing in the resolved cluster is named ${name}`);
  return element;
}
