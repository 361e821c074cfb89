// expect-error: frame_has_the_size_of_the_input_or_output<Net, (tenon::detail::)?Elements<7>, (tenon::detail::)?Elements<8>
// A frame has as many elements as the input.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<2>> {};

void use(tn::Inference<Net, tn::Reference>& net) {
  std::array<float, 2> out{};
#ifdef TENON_EXPECT_COMPILE_ERROR
  const std::array<float, 7> in{};
#else
  const std::array<float, 8> in{};
#endif
  net(in, out);
}
