// What a backend is.
#pragma once

#include <concepts>

#include <tenon/backend/device.hpp>
#include <tenon/backend/frame.hpp>

namespace tenon {

/// A backend is a policy: it says where numbers live and how a source's graph (graph/frozen.hpp) is run.
///
///     struct Mine {
///       static constexpr bool is_backend = true;
///       using Device = HostDevice;                     // where numbers live: this one (backend/host_device.hpp), or one of its own
///       template <class T> using Array = …;            // contiguous storage there: resize(n) (zeroed), data(), size()
///       template <class Source> struct Executor {      // runs the graph of a source; one for each program of a model
///         explicit Executor(Device& device);            // or without arguments
///         void reserve(long batch);                     // memory for calls of up to this many samples
///         void run(const Frame& frame);                 // allocates nothing
///       };
///     };
///
/// Nothing above this folder mentions a device by name, or touches an Array but through tenon::Device.
template <class B>
concept backend = requires { typename B::template Array<float>; B::is_backend; } && std::derived_from<typename B::Device, Device>;

}  // namespace tenon
