// expect-error: frame_of_an_output_can_be_written<Net, (const )?std::array<(const )?float, 2
// An output is written to.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<2>> {};

void use(tn::Inference<Net, tn::Reference>& net) {
  const std::array<float, 8> in{};
#ifdef TENON_EXPECT_COMPILE_ERROR
  const std::array<float, 2> out{};
#else
  std::array<float, 2> out{};
#endif
  net(in, out);
}
