// Chains drawn at random from all layers, and what Keras computes for them.
#include "../golden/vocabulary/networks.hpp"

#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"

namespace {

template <class Net>
std::vector<tenon::Symbol> trace_net(support::Sketch& g, const golden::Case&) {
  g.trace.program.graphs.clear();
  const tenon::List<tenon::Symbol> outputs = tenon::detail::trace_forward<Net>(g.trace);
  return {outputs.begin(), outputs.end()};
}

}  // namespace

TEST_CASE("chains of any layers agree with Keras, outputs and gradients of every weight", "[layers][networks]") {
  golden_vocabulary::for_each([]<class Net>(const char* file) {
    for (const golden::Case& c : golden::load(file)) {
      INFO(file);
      support::check_case(c, &trace_net<Net>);
    }
  });
}
