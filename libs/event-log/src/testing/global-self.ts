/**
 * google-protobuf finds the global object in the `this` of its file, or else in `self`. Where a test runner makes a module of that file there is
 * no such `this`, and Node has no `self`. Imported before anything that loads the client.
 */
Object.assign(globalThis, { self: globalThis });
