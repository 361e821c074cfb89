#include <tenon/model/confusion_matrix.hpp>

#include <limits>
#include <sstream>

#include <tenon/core/xtensor.hpp>

#include "../support/error_of.hpp"

namespace tn = tenon;

namespace {

const xt::xtensor<int, 1> labels{0, 0, 1, 2, 2, 2};
const xt::xtensor<float, 2> scores{{3, 1, 2, 0}, {1, 2, 0, 0}, {0, 5, 1, 1}, {0, 0, 9, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}};  // says 0 1 1 2 0 2

std::string error(const tn::TensorRef& y_true, const tn::TensorRef& y_pred) {
  return support::error_of([&] { tn::confusion_matrix(y_true, y_pred); });
}

}  // namespace

TEST_CASE("confusion_matrix counts which class was taken for which", "[model][confusion_matrix]") {
  const auto matrix = tn::confusion_matrix(labels, scores);
  CHECK(matrix.classes() == 4);
  CHECK(matrix.total() == 6);
  const long expected[4][4] = {{1, 1, 0, 0}, {0, 1, 0, 0}, {1, 0, 2, 0}, {0, 0, 0, 0}};
  for (long r = 0; r < 4; ++r)
    for (long s = 0; s < 4; ++s) CHECK(matrix(r, s) == expected[r][s]);
  CHECK(matrix.accuracy() == Approx(4. / 6));
  CHECK(matrix.precision(1) == 0.5);
  CHECK(matrix.precision(3) == 0);  // never said, never right
  CHECK(matrix.recall(2) == Approx(2. / 3));
  CHECK(matrix.recall(3) == 0);
}

TEST_CASE("confusion_matrix takes one-hot labels, labels as a column, class numbers, probabilities and pixels", "[model][confusion_matrix]") {
  const std::string text = tn::confusion_matrix(labels, scores).text();
  const xt::xtensor<float, 2> hot{{1, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 1, 0}, {0, 0, 1, 0}};
  CHECK(tn::confusion_matrix(hot, scores).text() == text);
  CHECK(tn::confusion_matrix(xt::xtensor<double, 2>{{0}, {0}, {1}, {2}, {2}, {2}}, scores).text() == text);
  const auto numbers = tn::confusion_matrix(labels, xt::xtensor<int, 1>{0, 1, 1, 2, 0, 2});
  CHECK(numbers.classes() == 3);
  CHECK(numbers(2, 0) == 1);
  const auto binary = tn::confusion_matrix(xt::xtensor<float, 2>{{0}, {1}, {1}, {0}}, xt::xtensor<float, 2>{{0.5f}, {0.51f}, {0.2f}, {1}});
  CHECK(binary.classes() == 2);
  CHECK((binary(0, 0) == 1 && binary(1, 1) == 1 && binary(1, 0) == 1 && binary(0, 1) == 1));
  const auto pixels = tn::confusion_matrix(xt::xtensor<int, 2>{{0, 1}, {1, 1}}, xt::xtensor<float, 3>{{{1, 0}, {1, 0}}, {{0, 1}, {0, 1}}});
  CHECK((pixels.total() == 4 && pixels(1, 0) == 1 && pixels(1, 1) == 2));
  CHECK(tn::confusion_matrix(xt::xtensor<int, 1>{0, 0}, xt::xtensor<int, 1>{0, 0}).classes() == 2);
}

TEST_CASE("a confusion matrix prints itself as an aligned table", "[model][confusion_matrix]") {
  tn::ConfusionMatrix matrix(2);
  for (int i = 0; i < 52; ++i) matrix.add(0, 0);
  for (int i = 0; i < 3; ++i) matrix.add(0, 1);
  matrix.add(1, 0);
  for (int i = 0; i < 44; ++i) matrix.add(1, 1);
  std::ostringstream out;
  out << matrix;
  CHECK(out.str() ==
        "right \\ said      0      1  recall\n"
        "           0     52      3  0.9455\n"
        "           1      1     44  0.9778\n"
        "   precision 0.9811 0.9362  0.9600 of 100\n");
}

TEST_CASE("confusion_matrix says what is wrong with its data", "[model][confusion_matrix]") {
  CHECK(error(xt::xtensor<int, 1>{0, 1}, scores) == "confusion_matrix: y_true has the shape (2,) and y_pred (6, 4), expected class numbers for the rows of y_pred, or its shape");
  CHECK(error(xt::xtensor<int, 1>{0, 0, 1, 2, 2, 4}, scores) == "confusion_matrix: y_true holds the class 4, expected classes from 0 to 3, as y_pred has");
  CHECK(error(xt::xtensor<int, 1>{0, 0, 1, -1, 2, 2}, scores) == "confusion_matrix: y_true(3) is -1, expected the number of a class, or a probability");
  xt::xtensor<float, 2> diverged = scores;
  diverged(2, 1) = std::numeric_limits<float>::quiet_NaN();
  CHECK(error(labels, diverged) == "confusion_matrix: y_pred(2, 1) is NaN, expected a finite number");
  CHECK(error(xt::xtensor<int, 1>{}, xt::xtensor<int, 1>{}) == "confusion_matrix: y_true is empty: it has the shape (0,), expected at least one sample");
}
