// What a backend is.
#pragma once

#include <tenon/backend/frame.hpp>

namespace tenon {

/// A backend is a policy: it says where numbers live and how a source's graph (graph/frozen.hpp) is run.
///
///     struct Mine {
///       template <class T> using Array = …;            // contiguous storage: resize(n) (zeroed), data(), size()
///       template <class Source> struct Executor {      // runs the graph of a source; one for each program of a model
///         void reserve(long batch);                     // memory for calls of up to this many samples
///         void run(const Frame& frame);                 // allocates nothing
///       };
///     };
///
/// Nothing above this folder mentions a device.
template <class B>
concept backend = requires(B) { typename B::template Array<float>; B::is_backend; };

}  // namespace tenon
