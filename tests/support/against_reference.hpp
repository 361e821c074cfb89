// A network on a backend against the reference: outputs and all gradients, for random numbers.
#pragma once

#include <type_traits>
#include <vector>

#include <tenon/backend/reference.hpp>
#include <tenon/core/random.hpp>
#include <tenon/model/sources.hpp>

#include "catch.hpp"

namespace support {

/// The outputs of a network, and the gradients of the sum of outputs times given numbers with respect to inputs and weights.
template <class Net>
struct Probed {
  static constexpr tenon::Trace trace() {
    tenon::Trace t;
    t.training = true;
    const tenon::List<tenon::Symbol> outputs = tenon::detail::trace_forward<Net>(t);
    tenon::List<tenon::Symbol> xs;
    for (const tenon::Port& p : t.root().arguments) xs.push_back({&t, 0, p.node});
    tenon::Symbol sum = tenon::constant(outputs[0], 0);
    for (int i = 0; i < outputs.size(); ++i) {
      const tenon::Symbol y = outputs[i];
      sum = sum + tenon::sum(y * tenon::Symbol{&t, 0, t.argument(tenon::Role::target, i, y.shape())});
      tenon::detail::add_result(t, tenon::Role::output, y, i);
    }
    const tenon::List<tenon::Symbol> gradients = tenon::gradient(sum, xs);
    for (int i = 0; i < gradients.size(); ++i) tenon::detail::add_result(t, tenon::Role::gradient, gradients[i], i);
    return t;
  }
};

/// Runs a source once, in the memory of the host, which that of an emulated device is, too.
template <class Backend, class Source>
void run_program(const tenon::Frame& frame) {
  using Executor = typename Backend::template Executor<Source>;
  if constexpr (std::is_constructible_v<Executor, typename Backend::Device&>) {
    typename Backend::Device device;
    Executor executor(device);
    executor.reserve(frame.batch);
    device.step([&] { executor.run(frame); });
  } else {
    Executor().run(frame);
  }
}

/// Runs a network on the backend and on the reference, and compares all results: relative to the largest number of each.
template <class Net, class Backend>
void check_against_reference(long batch, double tolerance = 2e-5) {
  using Source = Probed<Net>;
  const tenon::NodeGraph graph = tenon::Traced<Source>::graph.thaw();
  tenon::Random random(7);
  std::vector<std::vector<float>> given;
  std::vector<const void*> arguments;
  for (const tenon::Port& p : graph.arguments) {
    auto& values = given.emplace_back(static_cast<std::size_t>(graph.nodes[p.node].shape.elements(batch)));
    for (float& v : values) v = static_cast<float>(2 * random.uniform() - 1);
  }
  for (const auto& values : given) arguments.push_back(values.data());
  const auto run = [&]<class B>(std::type_identity<B>) {
    std::vector<std::vector<float>> results;
    std::vector<void*> places;
    for (const tenon::Port& p : graph.results) results.emplace_back(static_cast<std::size_t>(graph.nodes[p.node].shape.elements(batch)), 1e30f);
    for (auto& values : results) places.push_back(values.data());
    run_program<B, Source>({arguments.data(), places.data(), batch, {}});
    return results;
  };
  const auto got = run(std::type_identity<Backend>{}), wanted = run(std::type_identity<tenon::Reference>{});
  for (std::size_t r = 0; r < wanted.size(); ++r) {
    double largest = 0, distance = 0;
    for (std::size_t i = 0; i < wanted[r].size(); ++i) {
      largest = std::max(largest, std::abs(static_cast<double>(wanted[r][i])));
      distance = std::max(distance, std::abs(static_cast<double>(got[r][i]) - static_cast<double>(wanted[r][i])));
    }
    INFO("result " << r << " of " << wanted.size() << ", batch " << batch);
    CHECK(largest > 0);
    CHECK(distance <= tolerance * largest);
  }
}

}  // namespace support
