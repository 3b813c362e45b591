import protobuf from 'protobufjs/light.js'

/** The frame of the long connection, `pbbp2.Frame`, described by reflection so that nothing has to be generated. */
const schema = protobuf.Root.fromJSON({
  nested: {
    pbbp2: {
      nested: {
        Header: {
          fields: {
            key: { rule: 'required', type: 'string', id: 1 },
            value: { rule: 'required', type: 'string', id: 2 },
          },
        },
        Frame: {
          fields: {
            SeqID: { rule: 'required', type: 'uint64', id: 1 },
            LogID: { rule: 'required', type: 'uint64', id: 2 },
            service: { rule: 'required', type: 'int32', id: 3 },
            method: { rule: 'required', type: 'int32', id: 4 },
            headers: { rule: 'repeated', type: 'Header', id: 5 },
            payloadEncoding: { type: 'string', id: 6 },
            payloadType: { type: 'string', id: 7 },
            payload: { type: 'bytes', id: 8 },
            LogIDNew: { type: 'string', id: 9 },
          },
        },
      },
    },
  },
})
const FrameType = schema.lookupType('pbbp2.Frame')

export type Frame = { kind: 'control' | 'data'; service: number; headers: Record<string, string>; payload: Buffer }

export function encodeFrame(frame: Frame): Uint8Array {
  return FrameType.encode(
    FrameType.fromObject({
      SeqID: 0,
      LogID: 0,
      service: frame.service,
      method: frame.kind === 'control' ? 0 : 1,
      headers: Object.entries(frame.headers).map(([key, value]) => ({ key, value })),
      payload: frame.payload,
    }),
  ).finish()
}

/** Reads a frame; nothing when the bytes are none. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  const plain = decoded(bytes)
  if (!plain) return undefined
  const headers: { key: string; value: string }[] = plain['headers']
  return {
    kind: plain['method'] === 0 ? 'control' : 'data',
    service: plain['service'],
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    payload: Buffer.from(plain['payload'] ?? ''),
  }
}

function decoded(bytes: Uint8Array) {
  try {
    return FrameType.toObject(FrameType.decode(bytes), { longs: Number, bytes: Buffer, arrays: true })
  } catch {
    // Whoever sends something else than frames is cut off by the caller.
    return undefined
  }
}
