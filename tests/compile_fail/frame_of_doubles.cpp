// expect-error: frame_has_the_elements_of_the_input_or_output<Net, (tenon::detail::)?ElementsOf<double>, (tenon::detail::)?ElementsOf<float>
// A frame holds floats: nothing is converted in a loop that may not wait.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<2>> {};

void use(tn::Inference<Net, tn::Reference>& net) {
  std::array<float, 2> out{};
#ifdef TENON_EXPECT_COMPILE_ERROR
  double in[8]{};
#else
  float in[8]{};
#endif
  net(in, out);
}
