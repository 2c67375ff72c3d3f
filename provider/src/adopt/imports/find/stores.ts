import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { all, ofNothing, oncePer, only, text, type Finder, type Finders, type Place } from "./found";

/** The files of the stores. */
export function storeFinders({ aws: { s3 }, clusterName }: Place): Finders {
  /** By bucket and prefix. */
  const keys = oncePer(async (place) => {
    const [Bucket = "", ...rest] = place.split("/");
    const pages = paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: rest.join("/") });
    return new Set(await all(pages, ({ Contents }) => Contents?.map(({ Key = "" }) => Key)));
  });

  const object: Finder = async (inputs) => {
    const bucket = text(inputs, "bucket");
    const key = text(inputs, "key");
    if (bucket === undefined || key === undefined) return ofNothing;
    const folder = `${clusterName}/`;
    const prefix = key.slice(0, key.indexOf(folder) + folder.length);
    const found = (await keys(`${bucket}/${prefix}`)).has(key) ? [key] : [];
    return only(found, `object s3://${bucket}/${key}`, () => ({ id: `${bucket}/${key}` }));
  };

  return { "aws:s3/bucketObjectv2:BucketObjectv2": object };
}
