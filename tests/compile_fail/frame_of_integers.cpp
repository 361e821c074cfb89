// expect-error: frame_has_the_elements_of_the_input_or_output<Net, (tenon::detail::)?ElementsOf<int>, (tenon::detail::)?ElementsOf<float>
// A pointer says nothing of the number of elements, but their type.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<2>> {};

void use(tn::Inference<Net, tn::Reference>& net) {
  std::array<float, 2> out{};
#ifdef TENON_EXPECT_COMPILE_ERROR
  int numbers[8]{}, *in = numbers;
#else
  const float numbers[8]{}, *in = numbers;
#endif
  net(in, out);
}
