import { beforeEach, describe, expect, it } from "vitest";
import { AbortError, ConnectionClosedError, EventOverflowError } from "../../src/base/errors.js";
import { EventHub } from "../../src/events/eventHub.js";
import { EventSource } from "../../src/events/eventSource.js";

interface Events {
  tick: { count: number };
  tock: { count: number };
}
class Clock extends EventSource<Events> {}

let held = 0;
let hub: EventHub<Events>;
let clock: Clock;
beforeEach(() => {
  held = 0;
  hub = new EventHub<Events>({ acquire: () => held++, release: () => held-- });
  clock = new Clock(hub);
});
const tick = (...counts: number[]) => {
  for (const count of counts) hub.emit("tick", { count });
};

describe("listeners", () => {
  it("are called in order until they are taken away", () => {
    const seen: string[] = [];
    const first = ({ count }: { count: number }) => seen.push(`first ${count}`);
    clock.on("tick", first).on("tick", ({ count }) => seen.push(`second ${count}`));
    tick(1);
    clock.off("tick", first).off("tick", first);
    tick(2);
    hub.emit("tock", { count: 9 });
    expect(seen).toEqual(["first 1", "second 1", "second 2"]);
  });

  it("can be for one event only, and taken away before it", () => {
    const seen: number[] = [];
    const listener = ({ count }: { count: number }) => seen.push(count);
    clock.once("tick", listener);
    tick(1, 2);
    clock.once("tick", listener).off("tick", listener);
    tick(3);
    expect(seen).toEqual([1]);
    expect(hub.count("tick")).toBe(0);
  });

  it("that take themselves away do not disturb the others", () => {
    const seen: string[] = [];
    const first = () => {
      seen.push("first");
      clock.off("tick", first);
    };
    clock.on("tick", first).on("tick", () => seen.push("second"));
    tick(1, 2);
    expect(seen).toEqual(["first", "second", "second"]);
  });
});

describe("once", () => {
  it("resolves with the next event and leaves nothing behind", async () => {
    const wait = clock.once("tick");
    expect(held).toBe(1);
    tick(1, 2);
    expect(await wait).toEqual({ count: 1 });
    expect([held, hub.count("tick")]).toEqual([0, 0]);
  });

  it("rejects when aborted, before or meanwhile, and leaves nothing behind", async () => {
    const controller = new AbortController();
    const wait = clock.once("tick", { signal: controller.signal });
    controller.abort("reason");
    await expect(wait).rejects.toMatchObject({ name: "AbortError", cause: "reason" });
    await expect(clock.once("tick", { signal: controller.signal })).rejects.toBeInstanceOf(AbortError);
    expect([held, hub.count("tick")]).toEqual([0, 0]);
  });

  it("rejects when no event can come any more, with the cause if there is one", async () => {
    const wait = clock.once("tick");
    hub.end(new Error("dead"));
    await expect(wait).rejects.toThrow("dead");
    await expect(clock.once("tick")).rejects.toThrow("dead");
    expect(held).toBe(0);
    const other = new EventHub<Events>(hub.hold);
    other.end();
    await expect(new Clock(other).once("tick")).rejects.toBeInstanceOf(ConnectionClosedError);
  });
});

describe("an iterator", () => {
  it("misses nothing from its creation on, and keeps the order", async () => {
    const events = clock.events("tick");
    tick(1, 2);
    const seen: number[] = [];
    for await (const { count } of events) {
      seen.push(count);
      if (count === 2) tick(3);
      if (count === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    expect([held, hub.count("tick")]).toEqual([0, 0]);
  });

  it("serves several steps that wait at once", async () => {
    const events = clock.events("tick");
    const steps = [events.next(), events.next()];
    expect(held).toBe(2);
    tick(1, 2);
    expect(await Promise.all(steps)).toEqual([
      { done: false, value: { count: 1 } },
      { done: false, value: { count: 2 } },
    ]);
    expect(held).toBe(0);
  });

  it("ends after what is queued when its source ends, or throws the cause once", async () => {
    const [orderly, failed] = [clock.events("tick"), clock.events("tick")];
    tick(1);
    hub.end();
    expect(await orderly.next()).toEqual({ done: false, value: { count: 1 } });
    expect(await orderly.next()).toEqual({ done: true, value: undefined });
    await failed.return?.();
    const other = new EventHub<Events>(hub.hold);
    const events = new Clock(other).events("tick");
    const waiting = events.next();
    other.end(new Error("dead"));
    await expect(waiting).rejects.toThrow("dead");
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("stops listening when too many events wait, and says so after them", async () => {
    const events = clock.events("tick", { limit: 2 });
    tick(1, 2, 3, 4);
    expect(hub.count("tick")).toBe(0);
    expect(await events.next()).toMatchObject({ value: { count: 1 } });
    expect(await events.next()).toMatchObject({ value: { count: 2 } });
    await expect(events.next()).rejects.toBeInstanceOf(EventOverflowError);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("ends by its signal", async () => {
    const controller = new AbortController();
    const events = clock.events("tick", { signal: controller.signal });
    const waiting = events.next();
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(AbortError);
    expect([held, hub.count("tick")]).toEqual([0, 0]);
    await expect(clock.events("tick", { signal: controller.signal }).next()).rejects.toBeInstanceOf(AbortError);
  });

  it("can be disposed while a step waits", async () => {
    const events = clock.events("tick");
    const waiting = events.next();
    await events[Symbol.asyncDispose]();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect([held, hub.count("tick")]).toEqual([0, 0]);
  });
});
